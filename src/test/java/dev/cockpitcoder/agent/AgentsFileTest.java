package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.MapConfig;
import dev.cockpitcoder.server.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AgentsFileTest {
    private static final String PLAIN = "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\",\"{instruction}\"]";
    private static final Settings SETTINGS = new Settings(new MapConfig(Map.of("A_TOKEN", "secret", "OTHER", "x")));

    @Test
    void whatAProfileDoesNotSayIsTheDefault() {
        AgentProfile profile =
                parse(Optional.of(Isolation.BUBBLEWRAP), PLAIN + "}").get(0);

        assertThat(profile.sandbox()).contains(Isolation.BUBBLEWRAP);
        assertThat(profile.limits()).isEqualTo(RealAgents.LIMITS);
        assertThat(profile.available()).isTrue();
        assertThat(profile.environment()).isEmpty();
    }

    @Test
    void whatItSaysIsTaken() {
        AgentProfile profile = parse(
                        Optional.empty(),
                        PLAIN
                                + ",\"homeFrom\":\"/its/home\",\"homeFiles\":[\".a/settings.json\",\".config/a\"],\"show\":[\"~/sdk\",\"/opt/x\"]"
                                + ",\"approvals\":\"deny\",\"sandbox\":\"none\",\"env\":{\"B\":\"b\"},\"envAllow\":[\"A_TOKEN\",\"MISSING\"],"
                                + "\"limits\":{\"idleSeconds\":7,\"files\":50,\"diskBytes\":10000000000,\"tmpBytes\":65536}}")
                .get(0);

        assertThat(profile.homeFiles())
                .isEqualTo(new HomeFiles(Path.of("/its/home"), List.of(".a/settings.json", ".config/a")));
        assertThat(profile.show())
                .containsExactly(Path.of(UserEnvironment.create().get("HOME"), "sdk"), Path.of("/opt/x"));
        assertThat(profile.approvals()).isEqualTo(Approvals.DENY);
        assertThat(profile.sandbox()).contains(Isolation.NONE);
        assertThat(profile.environment()).isEqualTo(Map.of("A_TOKEN", "secret", "B", "b"));
        assertThat(profile.limits().idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(profile.limits().files()).isEqualTo(50);
        assertThat(profile.limits().diskBytes()).isEqualTo(10_000_000_000L);
        assertThat(profile.limits().tmpBytes()).isEqualTo(65536);
        assertThat(profile.limits().wall()).isEqualTo(RealAgents.LIMITS.wall());
        assertThat(profile.limits().outputBytes()).isEqualTo(RealAgents.LIMITS.outputBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeoutSeconds", "idleSeconds", "outputBytes", "files", "diskBytes", "tmpBytes"})
    void aLimitIsAWholeNumberAndTheRefusalNamesIt(String limit) {
        for (String value : List.of("0", "-1", "1.5", "\"5\"", "null", "true", "1e30")) {
            assertThatThrownBy(() -> parse(
                            Optional.of(Isolation.BUBBLEWRAP),
                            PLAIN + ",\"limits\":{\"" + limit + "\":" + value + "}}"))
                    .as(value)
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageContaining("profile a")
                    .hasMessageContaining(limit + " must be");
        }
    }

    @Test
    void withoutBubblewrapAProfileMustSayThatItIsNotConfined() {
        assertThatThrownBy(() -> parse(Optional.empty(), PLAIN + "}"))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("\"sandbox\":\"none\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"{instruction}\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\"}",
                "{\"name\":\"a\",\"adapter\":\"telepathy\",\"argv\":[\"sh\"]}",
                "{\"name\":\"A b\",\"adapter\":\"command\",\"argv\":[\"sh\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[5]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"sandbx\":\"none\"}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"limits\":{\"idleSeconds\":0}}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"]},{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"homeFiles\":[\"../other\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"homeFiles\":[\"/etc/passwd\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"homeFiles\":[\"\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"homeFrom\":\"relative\"}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"show\":[\"relative\"]}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"limits\":5}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"limits\":{\"file\":5}}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"env\":\"A=b\"}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"env\":{\"A\":5}}",
                "{\"name\":\"a\",\"adapter\":\"command\",\"argv\":[\"sh\"],\"envAllow\":\"A\"}",
                "5"
            })
    void whatIsNotUnderstoodStopsTheStart(String profile) {
        assertThatThrownBy(() -> parse(Optional.of(Isolation.NONE), profile))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("AGENTS_FILE");
    }

    @Test
    void anUnknownAgentIsRefusedWithThoseThereAre(@TempDir Path home) {
        Agents agents = RealAgents.scripted(home.resolve("home"), Isolation.NONE, RealAgents.LIMITS, Map.of());

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> agents.choose("no-such-agent"));

        assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal).hasMessageContaining("scripted, command");
        assertThat(agents.choose(null).profile().name()).isEqualTo("scripted");
        assertThat(agents.list().stream().map(AgentView::name)).containsExactly("scripted", "command");
        assertThat(agents.list().get(0).preferred()).isTrue();
        assertThat(agents.list().get(0).sandbox()).isEqualTo("none");
    }

    private static List<AgentProfile> parse(Optional<Isolation> sandbox, String profile) {
        return new AgentsFile(SETTINGS, sandbox, RealAgents.LIMITS, ProgramPath.SYSTEM)
                .parse("{\"profiles\":[" + profile + "]}");
    }
}
