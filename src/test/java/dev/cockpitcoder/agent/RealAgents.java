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

    private RealAgents() {}

    /** One that runs what it is asked as a script; it is called {@code scripted}. */
    public static Agents scripted(Path home, Isolation sandbox, AgentLimits limits, Map<String, String> environment) {
        AgentProfile profile = new AgentProfile(
                "scripted",
                "Scripted",
                List.of("sh", "-c", AgentProfile.INSTRUCTION),
                UserEnvironment.find("sh"),
                environment,
                sandbox,
                limits);
        return new Agents(
                new AgentConfig(List.of(profile), Optional.empty(), Optional.of(sandbox), limits),
                Listed.commands("touch touched,sh -c 'exit 3'"),
                new DataDirectory(home));
    }
}
