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
 */
public record AgentProfile(
        String name,
        String title,
        List<String> argv,
        Optional<Path> program,
        Map<String, String> environment,
        Isolation sandbox,
        AgentLimits limits,
        Adapter adapter,
        Approvals approvals) {
    /** How it is talked to. */
    public enum Adapter {
        /** A program that gets the instruction as an argument. */
        COMMAND,
        /** The Agent Client Protocol. */
        ACP
    }

    static final String INSTRUCTION = "{instruction}";

    public AgentProfile {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** Whether what is asked must be a listed command. */
    boolean runsListedCommands() {
        return argv.isEmpty();
    }

    boolean available() {
        return runsListedCommands() || program.isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
