package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.cockpitcoder.process.Isolation;

/**
 * A way to run an agent.
 *
 * @param title for people
 * @param argv its program and arguments, {@code {instruction}} standing for what is asked; empty when what is asked is itself a
 *     command of {@code CMD_ALLOWLIST}
 * @param program where its program is; empty when it is not installed, or not known before
 * @param environment what it gets beside what every child gets; values may be secrets
 * @param sandbox empty where bubblewrap is wanted and does not work: it cannot be run
 * @param homeFiles what a confined one finds in its home
 * @param show files and directories that a confined one sees although they are below the user's home or {@code /tmp}
 */
public record AgentProfile(
        String name,
        String title,
        List<String> argv,
        Optional<Path> program,
        Map<String, String> environment,
        Optional<Isolation> sandbox,
        AgentLimits limits,
        Adapter adapter,
        Approvals approvals,
        HomeFiles homeFiles,
        List<Path> show) {
    /** How it is talked to. */
    public enum Adapter {
        /** A program that gets the instruction as an argument. */
        COMMAND,
        /** The Agent Client Protocol. */
        ACP,
        /** {@code claude -p} with its stream-json formats. */
        CLAUDE
    }

    static final String INSTRUCTION = "{instruction}";

    public AgentProfile {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        show = List.copyOf(show);
    }

    /** Whether what is asked must be a listed command. */
    boolean runsListedCommands() {
        return argv.isEmpty();
    }

    boolean available() {
        return whyNot().isEmpty();
    }

    /** What there is to do before it can be used. */
    Optional<String> whyNot() {
        if (!runsListedCommands() && program.isEmpty()) {
            return Optional.of(argv.get(0) + " is not on the PATH of the server: install it, or set AGENT_PATH.");
        }
        return sandbox.isPresent()
                ? Optional.empty()
                : Optional.of(
                        "bubblewrap does not work here: install version 0.5 or newer, or set AGENT_SANDBOX=none.");
    }

    boolean confined() {
        return sandbox.filter(Isolation.BUBBLEWRAP::equals).isPresent();
    }

    /** Of what it is given. */
    Redaction redaction() {
        return Redaction.of(environment, confined() ? homeFiles.secrets() : List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
