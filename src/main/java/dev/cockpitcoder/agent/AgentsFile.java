package dev.cockpitcoder.agent;

import java.io.StringReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/** Reads agent profiles, strictly: what is not understood is not guessed at. */
final class AgentsFile {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "title",
            "adapter",
            "argv",
            "env",
            "envAllow",
            "sandbox",
            "limits",
            "approvals",
            "homeFrom",
            "homeFiles",
            "show");
    private static final Set<String> LIMITS =
            Set.of("timeoutSeconds", "idleSeconds", "outputBytes", "files", "diskBytes", "tmpBytes");

    private final Settings settings;
    private final Optional<Isolation> sandbox;
    private final AgentLimits limits;
    private final ProgramPath path;

    /**
     * @param sandbox for profiles that name none; empty where bubblewrap does not work
     * @param limits for what a profile does not say
     */
    AgentsFile(Settings settings, Optional<Isolation> sandbox, AgentLimits limits, ProgramPath path) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.limits = limits;
        this.path = path;
    }

    /** @throws InvalidSetting naming what cannot be used */
    List<AgentProfile> parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject file = reader.readObject();
            requireKnown("the file", file, Set.of("profiles"));
            List<AgentProfile> profiles = new ArrayList<>();
            for (JsonValue profile : array(file, "profiles")) {
                profiles.add(profile(profile.asJsonObject()));
            }
            if (profiles.stream().map(AgentProfile::name).distinct().count() < profiles.size()) {
                throw new InvalidSetting(AgentConfig.FILE, "has two profiles of one name");
            }
            return profiles;
        } catch (JsonException | ClassCastException | InvalidPathException e) {
            throw new InvalidSetting(
                    AgentConfig.FILE, "must be {\"profiles\":[{\"name\":…,\"adapter\":\"command\",\"argv\":[…]}]}", e);
        }
    }

    private AgentProfile profile(JsonObject json) {
        String name = json.getString("name", "");
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,39}")) {
            throw new InvalidSetting(
                    AgentConfig.FILE, "has a profile without a name of lower-case letters, digits, '.', '_' and '-'");
        }
        requireKnown("profile " + name, json, MEMBERS);
        AgentProfile.Adapter adapter = choice(AgentProfile.Adapter.class, name, json, "adapter", "");
        List<String> argv = texts(array(json, "argv"));
        if (argv.isEmpty() || argv.get(0).contains(AgentProfile.INSTRUCTION)) {
            throw new InvalidSetting(AgentConfig.FILE, "profile " + name + ": argv must begin with a program");
        }
        return new AgentProfile(
                name,
                json.getString("title", name),
                argv,
                path.find(argv.get(0)),
                environment(json),
                Optional.of(sandbox(name, json)),
                limits(name, json),
                adapter,
                choice(Approvals.class, name, json, "approvals", "ask"),
                homeFiles(name, json),
                texts(json.getJsonArray("show")).stream()
                        .map(shown -> absolute(name, shown))
                        .toList());
    }

    private static List<String> texts(JsonArray array) {
        return array == null
                ? List.of()
                : array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList();
    }

    private static HomeFiles homeFiles(String name, JsonObject json) {
        List<String> names = texts(json.getJsonArray("homeFiles"));
        if (names.stream().map(Path::of).anyMatch(file -> !isBelow(file))) {
            throw new InvalidSetting(
                    AgentConfig.FILE,
                    "profile " + name + ": homeFiles must be names below the home, such as .my-agent/settings.json");
        }
        return new HomeFiles(absolute(name, json.getString("homeFrom", "~")), names);
    }

    private static boolean isBelow(Path file) {
        return !file.isAbsolute()
                && file.equals(file.normalize())
                && !file.startsWith("..")
                && !file.toString().isEmpty();
    }

    /** With {@code ~} for the home of the server's user. */
    private static Path absolute(String name, String text) {
        String home = UserEnvironment.create().get("HOME");
        Path path = Path.of(text.equals("~") || text.startsWith("~/") ? home + text.substring(1) : text);
        if (!path.isAbsolute()) {
            throw new InvalidSetting(
                    AgentConfig.FILE, "profile " + name + ": homeFrom and show must be absolute, or begin with ~/");
        }
        return path.normalize();
    }

    private static JsonArray array(JsonObject json, String name) {
        return Optional.ofNullable(json.getJsonArray(name))
                .orElseThrow(() -> new InvalidSetting(AgentConfig.FILE, "lacks a list of " + name));
    }

    private Map<String, String> environment(JsonObject json) {
        Map<String, String> environment = new HashMap<>();
        for (String name : texts(json.getJsonArray("envAllow"))) {
            settings.text(name).ifPresent(value -> environment.put(name, value));
        }
        if (json.containsKey("env")) {
            json.getJsonObject("env").forEach((name, value) -> environment.put(name, ((JsonString) value).getString()));
        }
        return environment;
    }

    private Isolation sandbox(String name, JsonObject json) {
        Optional<Isolation> wanted =
                switch (json.getString("sandbox", "")) {
                    case "" -> sandbox;
                    case "none" -> Optional.of(Isolation.NONE);
                    case "bubblewrap" -> sandbox.filter(isolation -> isolation == Isolation.BUBBLEWRAP);
                    default ->
                        throw new InvalidSetting(
                                AgentConfig.FILE, "profile " + name + ": sandbox must be bubblewrap or none");
                };
        return wanted.orElseThrow(
                () -> new InvalidSetting(
                        AgentConfig.FILE,
                        "profile " + name
                                + ": bubblewrap does not work here; install version 0.5 or newer, or say \"sandbox\":\"none\" in the profile"));
    }

    private static <E extends Enum<E>> E choice(
            Class<E> type, String profile, JsonObject json, String member, String fallback) {
        String value = json.getString(member, fallback);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new InvalidSetting(
                        AgentConfig.FILE,
                        "profile " + profile + ": " + member + " must be one of "
                                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    private AgentLimits limits(String name, JsonObject json) {
        JsonObject own = json.getJsonObject("limits");
        if (own == null) {
            return limits;
        }
        requireKnown("limits of profile " + name, own, LIMITS);
        return new AgentLimits(
                Duration.ofSeconds(
                        number(name, own, "timeoutSeconds", limits.wall().toSeconds())),
                Duration.ofSeconds(
                        number(name, own, "idleSeconds", limits.idle().toSeconds())),
                (int) Math.min(Integer.MAX_VALUE, number(name, own, "outputBytes", limits.outputBytes())),
                number(name, own, "files", limits.files()),
                number(name, own, "diskBytes", limits.diskBytes()),
                number(name, own, "tmpBytes", limits.tmpBytes()));
    }

    private static long number(String profile, JsonObject json, String name, long fallback) {
        if (!json.containsKey(name)) {
            return fallback;
        }
        try {
            long number = json.getJsonNumber(name).longValueExact();
            if (number > 0) {
                return number;
            }
        } catch (ClassCastException | ArithmeticException e) {
            throw notANumber(profile, name, e);
        }
        throw notANumber(profile, name, null);
    }

    private static InvalidSetting notANumber(String profile, String name, Exception cause) {
        return new InvalidSetting(
                AgentConfig.FILE, "profile " + profile + ": " + name + " must be a whole number, 1 or more", cause);
    }

    private static void requireKnown(String what, JsonObject json, Set<String> known) {
        json.keySet().stream()
                .filter(member -> !known.contains(member))
                .findFirst()
                .ifPresent(member -> {
                    throw new InvalidSetting(AgentConfig.FILE, "has in " + what + " something unknown: " + member);
                });
    }
}
