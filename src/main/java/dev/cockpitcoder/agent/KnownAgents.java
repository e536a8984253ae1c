package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.cockpitcoder.agent.AgentProfile.Adapter;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.Settings;

/** The profiles that are built in. Each can be used when its program is on the path. */
final class KnownAgents {
    /** Names of editor extensions that existing clients send. Where no program of that name is, they mean the preferred agent. */
    static final Set<String> FROM_EDITORS = Set.of("cline", "roo", "kilo");

    private static final List<String> MODEL_KEYS =
            List.of("ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY");

    /** A program that does it, and how it is talked to. */
    private record Way(Adapter adapter, List<String> argv) {
        static Way acp(String... argv) {
            return new Way(Adapter.ACP, List.of(argv));
        }
    }

    private final Settings settings;
    private final Optional<Isolation> sandbox;
    private final AgentLimits limits;
    private final ProgramPath path;

    KnownAgents(Settings settings, Optional<Isolation> sandbox, AgentLimits limits, ProgramPath path) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.limits = limits;
        this.path = path;
    }

    List<AgentProfile> profiles() {
        return List.of(
                profile(
                        "claude",
                        "Claude Code",
                        List.of(
                                new Way(Adapter.CLAUDE, List.of("claude")),
                                Way.acp("claude-agent-acp"),
                                Way.acp("claude-code-acp")),
                        List.of(
                                "ANTHROPIC_API_KEY",
                                "ANTHROPIC_AUTH_TOKEN",
                                "ANTHROPIC_BASE_URL",
                                "ANTHROPIC_MODEL",
                                "CLAUDE_CODE_OAUTH_TOKEN"),
                        List.of(".claude/.credentials.json", ".claude/settings.json", ".claude/CLAUDE.md")),
                profile(
                        "codex",
                        "Codex",
                        codex(),
                        List.of("OPENAI_API_KEY", "OPENAI_BASE_URL", "CODEX_API_KEY"),
                        List.of(".codex/auth.json", ".codex/config.toml", ".codex/AGENTS.md")),
                profile(
                        "gemini",
                        "Gemini CLI",
                        List.of(Way.acp("gemini", "--acp")),
                        List.of(
                                "GEMINI_API_KEY",
                                "GOOGLE_API_KEY",
                                "GOOGLE_GEMINI_BASE_URL",
                                "GOOGLE_CLOUD_PROJECT",
                                "GOOGLE_CLOUD_LOCATION",
                                "GOOGLE_GENAI_USE_VERTEXAI"),
                        List.of(
                                ".gemini/settings.json",
                                ".gemini/oauth_creds.json",
                                ".gemini/google_accounts.json",
                                ".gemini/.env",
                                ".gemini/GEMINI.md")),
                profile(
                        "opencode",
                        "opencode",
                        List.of(Way.acp("opencode", "acp")),
                        MODEL_KEYS,
                        List.of(".config/opencode", ".local/share/opencode/auth.json")),
                profile(
                        "qwen",
                        "Qwen Code",
                        List.of(Way.acp("qwen", "--acp")),
                        List.of("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL", "DASHSCOPE_API_KEY"),
                        List.of(".qwen/settings.json", ".qwen/oauth_creds.json", ".qwen/.env")),
                profile(
                        "goose",
                        "goose",
                        List.of(Way.acp("goose", "acp")),
                        List.of(
                                "GOOSE_PROVIDER",
                                "GOOSE_MODEL",
                                "ANTHROPIC_API_KEY",
                                "GOOGLE_API_KEY",
                                "OPENAI_API_KEY",
                                "OPENROUTER_API_KEY"),
                        List.of(".config/goose")),
                profile(
                        "copilot",
                        "GitHub Copilot CLI",
                        List.of(Way.acp("copilot", "--acp")),
                        List.of("COPILOT_GITHUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"),
                        List.of(".copilot/config.json", ".copilot/settings.json")),
                profile(
                        "cursor",
                        "Cursor CLI",
                        List.of(Way.acp("cursor-agent", "acp")),
                        List.of("CURSOR_API_KEY"),
                        List.of(".cursor/cli-config.json", ".config/cursor/auth.json")),
                profile(
                        "cline",
                        "Cline",
                        List.of(Way.acp("cline", "--acp")),
                        MODEL_KEYS,
                        List.of(".cline/data/globalState.json", ".cline/data/secrets.json", ".cline/data/settings")),
                profile(
                        "kilo",
                        "Kilo",
                        List.of(Way.acp("kilo", "acp")),
                        MODEL_KEYS,
                        List.of(".config/kilo", ".local/share/kilo/auth.json")));
    }

    /** Its own sandbox does not work inside ours. */
    private List<Way> codex() {
        if (sandbox.filter(Isolation.BUBBLEWRAP::equals).isEmpty()) {
            return List.of(Way.acp("codex-acp"));
        }
        return List.of(
                Way.acp("codex-acp", "-c", "sandbox_mode=\"danger-full-access\""),
                new Way(
                        Adapter.COMMAND,
                        List.of(
                                "codex",
                                "exec",
                                "--skip-git-repo-check",
                                "--dangerously-bypass-approvals-and-sandbox",
                                "--",
                                AgentProfile.INSTRUCTION)));
    }

    private AgentProfile profile(
            String name, String title, List<Way> ways, List<String> variables, List<String> homeFiles) {
        Way way = ways.stream()
                .filter(each -> path.find(each.argv().get(0)).isPresent())
                .findFirst()
                .orElse(ways.get(0));
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables) {
            settings.text(variable).ifPresent(value -> environment.put(variable, value));
        }
        return new AgentProfile(
                name,
                title,
                way.argv(),
                path.find(way.argv().get(0)),
                environment,
                sandbox,
                limits,
                way.adapter(),
                Approvals.ASK,
                new HomeFiles(Path.of(UserEnvironment.create().get("HOME")), homeFiles),
                List.of());
    }
}
