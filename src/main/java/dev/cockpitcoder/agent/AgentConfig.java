package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * @param profiles those of {@code AGENTS_FILE}, then those that are built in and not replaced by them
 * @param preferred {@code AGENT_DEFAULT}: for tasks that name none; empty for the first there is
 * @param sandbox what built-in profiles run in: bubblewrap, or {@code none} with {@code AGENT_SANDBOX=none}
 * @param path where programs are: {@code AGENT_PATH}, else the server's {@code PATH}
 * @param limits {@code AGENT_TIMEOUT_SECONDS}, {@code AGENT_IDLE_SECONDS}, {@code AGENT_OUTPUT_MAX_BYTES}, {@code AGENT_FILES_MAX},
 *     {@code AGENT_DISK_MAX_BYTES}, {@code AGENT_TMP_MAX_BYTES}; a profile may have others
 */
record AgentConfig(
        List<AgentProfile> profiles,
        Optional<String> preferred,
        Optional<Isolation> sandbox,
        AgentLimits limits,
        ProgramPath path) {
    static final String FILE = "AGENTS_FILE";
    private static final String SANDBOX = "AGENT_SANDBOX";
    private static final Duration LONGEST = Duration.ofDays(2);

    static AgentConfig read(Settings settings, DataDirectory data) {
        AgentLimits limits = new AgentLimits(
                settings.seconds("AGENT_TIMEOUT_SECONDS", Duration.ofHours(1), Duration.ofSeconds(1), LONGEST),
                settings.seconds("AGENT_IDLE_SECONDS", Duration.ofMinutes(15), Duration.ofSeconds(1), LONGEST),
                (int) settings.number("AGENT_OUTPUT_MAX_BYTES", 16 << 20, 1 << 10, 256 << 20),
                settings.number("AGENT_FILES_MAX", 200_000, 1, 100_000_000),
                settings.number("AGENT_DISK_MAX_BYTES", 5L << 30, 1 << 10, 1L << 50),
                settings.number("AGENT_TMP_MAX_BYTES", 1L << 30, 1 << 16, 1L << 40));
        Optional<Isolation> sandbox = sandbox(settings.text(SANDBOX).orElse("bubblewrap"));
        ProgramPath path = ProgramPath.of(
                settings.text("AGENT_PATH").or(() -> settings.text("PATH")).orElse(""));
        List<AgentProfile> profiles = new ArrayList<>(profiles(settings, data, sandbox, limits, path));
        new KnownAgents(settings, sandbox, limits, path)
                .profiles().stream()
                        .filter(known -> profiles.stream()
                                .noneMatch(profile -> profile.name().equals(known.name())))
                        .forEach(profiles::add);
        return new AgentConfig(profiles, settings.text("AGENT_DEFAULT"), sandbox, limits, path);
    }

    private static List<AgentProfile> profiles(
            Settings settings, DataDirectory data, Optional<Isolation> sandbox, AgentLimits limits, ProgramPath path) {
        Optional<Path> named = settings.parsed(FILE, Path::of, "a path");
        Path file = named.orElse(data.path().resolve("agents.json"));
        if (!Files.exists(file) && named.isEmpty()) {
            return List.of();
        }
        try {
            return new AgentsFile(settings, sandbox, limits, path).parse(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidSetting(FILE, "cannot be read: " + file, e);
        }
    }

    /** Empty where bubblewrap is wanted, which is the default, and does not work. */
    private static Optional<Isolation> sandbox(String value) {
        return switch (value) {
            case "none" -> Optional.of(Isolation.NONE);
            case "bubblewrap" -> Isolation.confines() ? Optional.of(Isolation.BUBBLEWRAP) : Optional.empty();
            default -> throw new InvalidSetting(SANDBOX, "must be bubblewrap or none, but is " + value);
        };
    }
}
