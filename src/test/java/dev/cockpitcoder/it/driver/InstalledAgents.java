package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Real agents, as their user has them: on the path, and with settings in the home, which here send them to the scripted model. */
public final class InstalledAgents {
    private static final Path MODULES = Path.of(System.getProperty("it.agents")).resolve("node_modules");

    private InstalledAgents() {}

    /** @param home of the user that the server runs as */
    public static RunScript with(RunScript script, Path home, ScriptedModel model) {
        write(home.resolve(".codex/config.toml"), """
                model = "scripted"
                model_provider = "scripted"
                approval_policy = "never"
                check_for_update_on_startup = false
                [model_providers.scripted]
                name = "scripted"
                base_url = "%s/v1"
                wire_api = "responses"
                env_key = "OPENAI_API_KEY"
                supports_websockets = false
                [analytics]
                enabled = false
                """.formatted(model.base()));
        write(home.resolve(".gemini/settings.json"), """
                {"security": {"auth": {"selectedType": "gemini-api-key"}, "folderTrust": {"enabled": false}},
                 "model": {"name": "gemini-2.5-flash"}, "privacy": {"usageStatisticsEnabled": false},
                 "telemetry": {"enabled": false}, "general": {"enableAutoUpdate": false}}
                """);
        write(home.resolve(".claude/settings.json"), """
                {"env": {"CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1"}}
                """);
        return script.with("AGENT_PATH", bin(home) + ":" + MODULES.resolve(".bin") + ":" + System.getenv("PATH"))
                .with("OPENAI_API_KEY", "none-is-needed")
                .with("GEMINI_API_KEY", "none-is-needed")
                .with("GOOGLE_GEMINI_BASE_URL", model.base())
                .with("ANTHROPIC_API_KEY", "none-is-needed")
                .with("ANTHROPIC_BASE_URL", model.base());
    }

    /** With the program for this machine: what npm installs as {@code claude} would still have to fetch it. */
    private static Path bin(Path home) {
        Path bin = home.resolve("bin");
        try (Stream<Path> packages = Files.list(MODULES.resolve("@anthropic-ai"))) {
            Path claude = packages.map(each -> each.resolve("claude"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(bin);
            if (!Files.exists(bin.resolve("claude"))) {
                Files.createSymbolicLink(bin.resolve("claude"), claude);
            }
            return bin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
