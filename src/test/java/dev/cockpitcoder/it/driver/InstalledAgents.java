package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Real agents, set up as their user would: profiles, and a home with their settings, which send them to the scripted model. */
public record InstalledAgents(Path directory, ScriptedModel model) {
    private static final Path MODULES = Path.of(System.getProperty("it.agents")).resolve("node_modules");

    /** @return an {@code AGENTS_FILE} */
    public Path profiles() {
        write("home/.codex/config.toml", """
                model = "scripted"
                model_provider = "scripted"
                approval_policy = "never"
                sandbox_mode = "danger-full-access"
                check_for_update_on_startup = false
                [model_providers.scripted]
                name = "scripted"
                base_url = "%s/v1"
                wire_api = "responses"
                env_key = "SCRIPTED_KEY"
                supports_websockets = false
                [analytics]
                enabled = false
                """.formatted(model.base()));
        write("home/.gemini/settings.json", """
                {"security": {"auth": {"selectedType": "gemini-api-key"}, "folderTrust": {"enabled": false}},
                 "model": {"name": "gemini-2.5-flash"}, "privacy": {"usageStatisticsEnabled": false},
                 "telemetry": {"enabled": false}, "general": {"enableAutoUpdate": false}}
                """);
        write("home/.claude/settings.json", "{\"env\": {\"DISABLE_AUTOUPDATER\": \"1\"}}\n");
        JsonArrayBuilder profiles = Json.createArrayBuilder()
                .add(profile("codex", "acp", ".codex/config.toml", MODULES.resolve(".bin/codex-acp"))
                        .add("env", Json.createObjectBuilder().add("SCRIPTED_KEY", "none-needed")))
                .add(profile("gemini", "acp", ".gemini/settings.json", MODULES.resolve(".bin/gemini"), "--acp")
                        .add(
                                "env",
                                Json.createObjectBuilder()
                                        .add("GEMINI_API_KEY", "none-needed")
                                        .add("GOOGLE_GEMINI_BASE_URL", model.base())))
                .add(profile("claude", "claude", ".claude/settings.json", claude())
                        .add(
                                "env",
                                Json.createObjectBuilder()
                                        .add("ANTHROPIC_API_KEY", "none-needed")
                                        .add("ANTHROPIC_BASE_URL", model.base())
                                        .add("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")));
        return write(
                "agents.json",
                Json.createObjectBuilder().add("profiles", profiles).build().toString());
    }

    private JsonObjectBuilder profile(String name, String adapter, String homeFile, Path program, String... arguments) {
        var argv = Json.createArrayBuilder().add(program.toString());
        Stream.of(arguments).forEach(argv::add);
        return Json.createObjectBuilder()
                .add("name", name)
                .add("adapter", adapter)
                .add("argv", argv)
                .add("homeFrom", directory.resolve("home").toString())
                .add("homeFiles", Json.createArrayBuilder().add(homeFile));
    }

    /** The program for this machine: what is installed as {@code claude} would still have to fetch it. */
    private static Path claude() {
        try (Stream<Path> packages = Files.list(MODULES.resolve("@anthropic-ai"))) {
            return packages.map(each -> each.resolve("claude"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
