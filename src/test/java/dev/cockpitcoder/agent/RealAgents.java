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

    private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();

    private RealAgents() {}

    /** One that speaks the Agent Client Protocol, and does what the steps say that it is asked; it is called {@code acp}. */
    public static Agents acp(Path home, Isolation sandbox, AgentLimits limits, Approvals approvals) {
        return acp(home, sandbox, limits, approvals, Map.of());
    }

    static Agents acp(
            Path home, Isolation sandbox, AgentLimits limits, Approvals approvals, Map<String, String> environment) {
        return only(
                home,
                node("acp", "acp-agent.mjs", AgentProfile.Adapter.ACP, sandbox, limits, approvals, environment),
                "");
    }

    /** One that speaks as Claude does; it is called {@code claude}. */
    static Agents claude(Path home) {
        return only(
                home,
                node(
                        "claude",
                        "claude-agent.mjs",
                        AgentProfile.Adapter.CLAUDE,
                        Isolation.NONE,
                        LIMITS,
                        Approvals.ASK,
                        Map.of()),
                "");
    }

    private static AgentProfile node(
            String name,
            String script,
            AgentProfile.Adapter adapter,
            Isolation sandbox,
            AgentLimits limits,
            Approvals approvals,
            Map<String, String> environment) {
        return new AgentProfile(
                name,
                "Scripted",
                List.of("node", RESOURCES.resolve(script).toString()),
                UserEnvironment.find("node"),
                environment,
                Optional.of(sandbox),
                limits,
                adapter,
                approvals,
                HomeFiles.none(),
                List.of());
    }

    private static Agents only(Path home, AgentProfile profile, String commands) {
        AgentConfig config = new AgentConfig(
                List.of(profile), Optional.empty(), profile.sandbox(), profile.limits(), ProgramPath.SYSTEM);
        return new Agents(config, Listed.commands(commands), new DataDirectory(home));
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
        return only(home, profile, "touch touched,sh -c 'exit 3'");
    }
}
