package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.cockpitcoder.command.Listed;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.DataDirectory;

/** Agents that are shell scripts, for tests of this and of other rooms. */
public final class RealAgents {
    public static final AgentLimits LIMITS = new AgentLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), 1 << 20);

    private static final Path ACP_AGENT =
            Path.of("src/test/resources/acp-agent.mjs").toAbsolutePath();

    private RealAgents() {}

    /** One that speaks the Agent Client Protocol, and does what the steps say that it is asked; it is called {@code acp}. */
    public static Agents acp(Path home, Isolation sandbox, AgentLimits limits, Approvals approvals) {
        return acp(home, sandbox, limits, approvals, Map.of());
    }

    static Agents acp(
            Path home, Isolation sandbox, AgentLimits limits, Approvals approvals, Map<String, String> environment) {
        AgentProfile profile = new AgentProfile(
                "acp",
                "Scripted",
                List.of("node", ACP_AGENT.toString()),
                UserEnvironment.find("node"),
                environment,
                Optional.of(sandbox),
                limits,
                AgentProfile.Adapter.ACP,
                approvals,
                HomeFiles.none(),
                List.of());
        return new Agents(
                new AgentConfig(List.of(profile), Optional.empty(), Optional.of(sandbox), limits, ProgramPath.SYSTEM),
                Listed.commands(""),
                new DataDirectory(home));
    }

    /** One that runs what it is asked as a script; it is called {@code scripted}. */
    public static Agents scripted(Path home, Isolation sandbox, AgentLimits limits, Map<String, String> environment) {
        AgentProfile profile = new AgentProfile(
                "scripted",
                "Scripted",
                List.of("sh", "-c", AgentProfile.INSTRUCTION),
                UserEnvironment.find("sh"),
                environment,
                Optional.of(sandbox),
                limits,
                AgentProfile.Adapter.COMMAND,
                Approvals.ASK,
                HomeFiles.none(),
                List.of());
        return new Agents(
                new AgentConfig(List.of(profile), Optional.empty(), Optional.of(sandbox), limits, ProgramPath.SYSTEM),
                Listed.commands("touch touched,sh -c 'exit 3'"),
                new DataDirectory(home));
    }
}
