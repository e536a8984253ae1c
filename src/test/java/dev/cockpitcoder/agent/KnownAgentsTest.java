package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.agent.AgentProfile.Adapter;
import dev.cockpitcoder.command.Listed;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.MapConfig;
import dev.cockpitcoder.server.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The agents that are built in, with programs of their names on a path of the test's. */
class KnownAgentsTest {
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void aPath() {
        settings.put("AGENT_PATH", directory.resolve("bin").toString());
    }

    @Test
    void oneIsThereWhenItsProgramIsOnThePath() throws IOException {
        Path program = install("gemini");
        settings.put("GEMINI_API_KEY", "of-the-server");
        settings.put("OTHER_KEY", "not-for-it");

        AgentProfile gemini = agents().require("gemini");

        assertThat(gemini.program()).contains(program);
        assertThat(gemini.argv()).containsExactly("gemini", "--acp");
        assertThat(gemini.environment()).isEqualTo(Map.of("GEMINI_API_KEY", "of-the-server"));
        assertThat(gemini.homeFiles().names()).contains(".gemini/settings.json");
        assertThat(agents().choose(null).profile()).isEqualTo(gemini);
        assertThat(view("gemini").available()).isTrue();
        assertThat(view("goose").available()).isFalse();
        assertThat(view("goose").reason()).contains("goose is not on the PATH");
    }

    @Test
    void oneThatIsNotThereIsRefusedWithThoseThatAre() throws IOException {
        install("gemini");

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> agents().choose("goose"));

        assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal).hasMessageContaining("goose is not on the PATH").hasMessageContaining("There is: gemini");
    }

    @Test
    void theBestWayThereIsTakenToTalkToIt() throws IOException {
        install("claude-code-acp");
        install("codex");
        assertThat(agents().require("claude").adapter()).isEqualTo(Adapter.ACP);
        assertThat(agents().require("codex").adapter()).isEqualTo(Adapter.COMMAND);
        assertThat(agents().require("codex").argv()).endsWith("--", "{instruction}");

        install("claude");
        install("codex-acp");

        assertThat(agents().require("claude").adapter()).isEqualTo(Adapter.CLAUDE);
        assertThat(agents().require("codex").argv())
                .startsWith("codex-acp")
                .contains("sandbox_mode=\"danger-full-access\"");
    }

    @Test
    void codexKeepsItsOwnSandboxWhereThereIsNoOther() throws IOException {
        install("codex");
        install("codex-acp");
        settings.put("AGENT_SANDBOX", "none");

        assertThat(agents().require("codex").argv()).containsExactly("codex-acp");
        assertThat(view("codex").sandbox()).isEqualTo("none");
    }

    @Test
    void namesOfEditorExtensionsMeanThePreferredAgentWhereTheirProgramIsNot() throws IOException {
        assertThat(catchThrowableOfType(ProblemException.class, () -> agents().choose("roo"))
                        .code())
                .isEqualTo(ProblemCode.INVALID);
        install("opencode");
        install("gemini");
        settings.put("AGENT_DEFAULT", "opencode");

        for (String name : List.of("cline", "roo", "kilo")) {
            Agents.Choice choice = agents().choose(name);
            assertThat(choice.profile().name()).isEqualTo("opencode");
            assertThat(choice.insteadOf()).contains(name);
        }
        install("cline");
        assertThat(agents().choose("cline").profile().argv()).containsExactly("cline", "--acp");
        assertThat(agents().choose("cline").insteadOf()).isEmpty();
    }

    @Test
    void aProfileOfTheUsersReplacesOneOfTheSameName() throws IOException {
        install("gemini");
        Path file = directory.resolve("agents.json");
        Files.writeString(
                file,
                "{\"profiles\":[{\"name\":\"gemini\",\"adapter\":\"acp\",\"argv\":[\"gemini\",\"--acp\",\"--yolo\"]}]}");
        settings.put("AGENTS_FILE", file.toString());

        assertThat(agents().list().stream().map(AgentView::name)).containsOnlyOnce("gemini");
        assertThat(agents().require("gemini").argv()).endsWith("--yolo");
    }

    @Test
    void withoutBubblewrapTheListSaysWhatToDo() throws IOException {
        install("gemini");
        Settings none = new Settings(new MapConfig(settings));
        AgentProfile gemini = new KnownAgents(none, Optional.empty(), RealAgents.LIMITS, path())
                .profiles().stream()
                        .filter(profile -> profile.name().equals("gemini"))
                        .findFirst()
                        .orElseThrow();

        AgentView view = AgentView.of(gemini, false);

        assertThat(view.available()).isFalse();
        assertThat(view.sandbox()).isEqualTo("bubblewrap");
        assertThat(view.reason()).contains("bubblewrap").contains("AGENT_SANDBOX=none");
    }

    @Test
    void whatIsInstalledBelowTheHomeIsSeenWithWhatItNeedsAndNoMore() throws IOException {
        Path home = directory.toRealPath().resolve("home");
        Path modules = home.resolve("node/lib/node_modules");
        Path script =
                Files.createDirectories(modules.resolve("@maker/agent/bin")).resolve("agent.js");
        Files.writeString(script, "x");
        Path bin = Files.createDirectories(home.resolve("node/bin"));
        Path link = Files.createSymbolicLink(bin.resolve("agent"), script);
        Path loose = Files.writeString(home.resolve("loose"), "x");

        assertThat(ProgramPath.installation(link, List.of(home)))
                .contains(bin, modules)
                .doesNotContain(home);
        assertThat(ProgramPath.installation(loose, List.of(home))).containsExactly(loose);
    }

    private ProgramPath path() {
        return ProgramPath.of(settings.get("AGENT_PATH"));
    }

    private AgentView view(String name) {
        return agents().list().stream()
                .filter(agent -> agent.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Agents agents() {
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        return new Agents(AgentConfig.read(new Settings(new MapConfig(settings)), data), Listed.commands(""), data);
    }

    private Path install(String name) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
