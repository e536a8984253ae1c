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

    Agents() {}

    @Inject
    Agents(AgentConfig config, ListedCommands commands, DataDirectory data) {
        this.commands = commands;
        this.hidden = data.path();
        this.preferred = config.preferred();
        List<AgentProfile> all = new ArrayList<>(config.profiles());
        boolean replaced = all.stream().anyMatch(profile -> profile.name().equals(LISTED));
        if (config.sandbox().isPresent() && !commands.isEmpty() && !replaced) {
            all.add(new AgentProfile(
                    LISTED,
                    "A listed command",
                    List.of(),
                    Optional.empty(),
                    Map.of(),
                    config.sandbox().get(),
                    config.limits(),
                    AgentProfile.Adapter.COMMAND,
                    Approvals.ASK));
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
     * @param name null or empty for the one that is preferred
     * @throws ProblemException INVALID, naming those there are, when it is unknown or not installed
     */
    public AgentProfile require(String name) {
        boolean named = name != null && !name.isBlank();
        Optional<AgentProfile> found = named
                ? profiles.stream()
                        .filter(profile -> profile.name().equals(name))
                        .findFirst()
                : preferred();
        return found.filter(AgentProfile::available)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID,
                        (named ? "There is no such agent here, or it is not installed." : "There is no agent here.")
                                + " There is: " + names() + ". AGENTS_FILE and CMD_ALLOWLIST say which."));
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
        List<String> argv = profile.runsListedCommands()
                ? commands.require(turn.instruction(), turn.files())
                : profile.argv().stream()
                        .map(argument -> argument.replace(AgentProfile.INSTRUCTION, turn.instruction()))
                        .toList();
        Launch launch = new AgentLaunch(profile, turn, hidden).of(argv);
        return switch (profile.adapter()) {
            case COMMAND -> new CommandLineRun(profile, launch, threads, sink);
            case ACP -> new AcpRun(profile, turn, launch, threads, sink);
        };
    }
}
