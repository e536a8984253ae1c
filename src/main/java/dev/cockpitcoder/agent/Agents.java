package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.command.ListedCommands;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.LeftTree;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.WorkerThreads;

/** The agents there are. */
@ApplicationScoped
public class Agents {
    private static final String LISTED = "command";

    private ListedCommands commands;
    private Path hidden;
    private List<AgentProfile> profiles;
    private Optional<String> preferred;
    private ProgramPath path;

    /**
     * Which agent a task gets.
     *
     * @param insteadOf what was named, when this one stands in for it
     */
    public record Choice(AgentProfile profile, Optional<String> insteadOf) {}

    Agents() {}

    @Inject
    Agents(AgentConfig config, ListedCommands commands, DataDirectory data) {
        this.commands = commands;
        this.hidden = data.path();
        this.preferred = config.preferred();
        this.path = config.path();
        List<AgentProfile> all = new ArrayList<>(config.profiles());
        boolean replaced = all.stream().anyMatch(profile -> profile.name().equals(LISTED));
        if (!commands.isEmpty() && !replaced) {
            all.add(new AgentProfile(
                    LISTED,
                    "A listed command",
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    config.sandbox(),
                    config.limits(),
                    AgentProfile.Adapter.COMMAND,
                    Approvals.ASK,
                    HomeFiles.none(),
                    List.of()));
        }
        this.profiles = List.copyOf(all);
    }

    public List<AgentView> list() {
        return profiles.stream()
                .map(profile -> AgentView.of(
                        profile, preferred().filter(profile::equals).isPresent()))
                .toList();
    }

    /**
     * The one a task is to have that names this one. A name that existing clients send for an editor's extension means the
     * preferred agent where it is not installed.
     *
     * @param name null or empty for the one that is preferred
     * @throws ProblemException INVALID, naming those there are, when it is unknown or not installed
     */
    public Choice choose(String name) {
        boolean named = name != null && !name.isBlank();
        Optional<AgentProfile> found = named ? find(name) : preferred();
        if (found.filter(AgentProfile::available).isEmpty()
                && named
                && KnownAgents.FROM_EDITORS.contains(name)
                && preferred().isPresent()) {
            return new Choice(preferred().get(), Optional.of(name));
        }
        return new Choice(
                found.filter(AgentProfile::available).orElseThrow(() -> unavailable(found, named)), Optional.empty());
    }

    /** That very one. Throws as {@link #choose}. */
    public AgentProfile require(String name) {
        Optional<AgentProfile> found = find(name);
        return found.filter(AgentProfile::available).orElseThrow(() -> unavailable(found, true));
    }

    private Optional<AgentProfile> find(String name) {
        return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    private ProblemException unavailable(Optional<AgentProfile> found, boolean named) {
        String why = found.flatMap(AgentProfile::whyNot)
                .orElse(named ? "There is no such agent." : "There is no agent to give this to.");
        return new ProblemException(
                ProblemCode.INVALID,
                why + " There is: " + names() + ". GET /api/agents lists all, AGENTS_FILE and CMD_ALLOWLIST add more.");
    }

    private Optional<AgentProfile> preferred() {
        return profiles.stream()
                .filter(AgentProfile::available)
                .filter(profile -> preferred.map(profile.name()::equals).orElse(true))
                .findFirst();
    }

    private String names() {
        String names = profiles.stream()
                .filter(AgentProfile::available)
                .map(AgentProfile::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** Refuses what the agent can never be asked. */
    public void check(AgentProfile profile, String instruction, Path repository) {
        if (profile.runsListedCommands()) {
            commands.require(instruction, repository);
        }
    }

    /**
     * A run that is ready to be started.
     *
     * @param sink where its output goes, in frames
     */
    public AgentRun prepare(AgentProfile profile, Turn turn, WorkerThreads threads, AgentRun.Sink sink) {
        Launch launch = new AgentLaunch(profile, turn, path, hidden).of(argv(profile, turn));
        return switch (profile.adapter()) {
            case COMMAND -> new CommandLineRun(profile, launch, threads, sink);
            case ACP -> new DialogueRun(profile, turn, launch, threads, sink, AcpDialogue::new);
            case CLAUDE -> new DialogueRun(profile, turn, launch, threads, sink, ClaudeDialogue::new);
        };
    }

    /**
     * Ends what a server that died has left running in a working copy: an agent that is not confined, or had just been started.
     *
     * @return whether it is verified that none is left
     */
    public boolean endLeft(Path files) {
        return new LeftTree(AgentLaunch.mark(files)).kill();
    }

    private List<String> argv(AgentProfile profile, Turn turn) {
        if (profile.runsListedCommands()) {
            return commands.require(turn.instruction(), turn.files());
        }
        return switch (profile.adapter()) {
            case COMMAND ->
                profile.argv().stream()
                        .map(argument -> argument.replace(AgentProfile.INSTRUCTION, turn.instruction()))
                        .toList();
            case ACP -> profile.argv();
            case CLAUDE -> ClaudeDialogue.argv(profile.argv(), new LastSession(turn.home()));
        };
    }
}
