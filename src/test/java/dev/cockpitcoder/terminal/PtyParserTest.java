package dev.cockpitcoder.terminal;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PtyParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"resize\",\"cols\":120,\"rows\":40}",
                " \t\r\n{ \"rows\" : 40 , \"type\" : \"resize\", \"cols\" : 120 }\n"
            })
    void aFrameThatIsExactlyAResizeResizes(String frame) {
        assertThat(PtyParser.textResize(frame)).contains(new TerminalSize(120, 40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo '{\"type\":\"resize\",\"cols\":120,\"rows\":40}'",
                "{\"type\":\"resize\",\"cols\":120,\"rows\":40} ls",
                "{\"type\":\"resize\",\"cols\":120,\"rows\":40}{}",
                "[{\"type\":\"resize\",\"cols\":120,\"rows\":40}]",
                "{\"type\":\"resize\",\"cols\":120,\"rows\":40,\"x\":1}",
                "{\"type\":\"resize\",\"cols\":120}",
                "{\"type\":\"resize\",\"cols\":0,\"rows\":40}",
                "{\"type\":\"resize\",\"cols\":-1,\"rows\":40}",
                "{\"type\":\"resize\",\"cols\":65536,\"rows\":40}",
                "{\"type\":\"resize\",\"cols\":1e999999999,\"rows\":40}",
                "{\"type\":\"resize\",\"cols\":80.5,\"rows\":40}",
                "{\"type\":\"resize\",\"cols\":\"80\",\"rows\":40}",
                "{\"type\":\"Resize\",\"cols\":80,\"rows\":40}",
                "{\"type\":[\"resize\"],\"cols\":80,\"rows\":40}",
                "{",
                "ls\n",
                "",
                "null"
            })
    void everythingElseIsInput(String frame) {
        assertThat(PtyParser.textResize(frame)).isEmpty();
    }

    @Test
    void attachHasDefaults() throws Exception {
        assertThat(PtyParser.v1("{\"type\":\"attach\"}"))
                .isEqualTo(new PtyMessage.Attach(
                        null, null, 262144, 262144, null, null, TerminalSize.DEFAULT, Drain.LATEST, false, false));
    }

    @Test
    void attachTakesAllItsMembers() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(
                        PtyParser.v1(
                                "{\"type\":\"attach\",\"terminal\":\"" + id
                                        + "\",\"from\":5,\"tail\":7,\"window\":99999999,\"inputId\":\"abcd_EF-1\",\"cols\":100,\"rows\":50,"
                                        + "\"name\":\"My phone\",\"drain\":\"lossless\",\"readOnly\":true,\"snapshot\":true,\"unknown\":{}}"))
                .isEqualTo(new PtyMessage.Attach(
                        id,
                        5L,
                        7,
                        4 << 20,
                        "abcd_EF-1",
                        "My phone",
                        new TerminalSize(100, 50),
                        Drain.LOSSLESS,
                        true,
                        true));
    }

    @Test
    void anIdThatIsNoneNamesNoTerminal() throws Exception {
        PtyMessage.Attach attach = (PtyMessage.Attach) PtyParser.v1("{\"type\":\"attach\",\"terminal\":\"../../x\"}");
        assertThat(attach.terminal()).isEqualTo(new UUID(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ack",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"ack\"}",
                "{\"type\":\"ack\",\"offset\":-1}",
                "{\"type\":\"ack\",\"offset\":\"1\"}",
                "{\"type\":\"ack\",\"offset\":1.5}",
                "{\"type\":\"ack\",\"offset\":99999999999999999999}",
                "{\"type\":\"ack\",\"offset\":1e999999999}",
                "{\"type\":\"resize\",\"cols\":0,\"rows\":10}",
                "{\"type\":\"resize\",\"cols\":-1,\"rows\":10}",
                "{\"type\":\"resize\",\"cols\":65536,\"rows\":10}",
                "{\"type\":\"attach\",\"inputId\":\"short\"}",
                "{\"type\":\"attach\",\"inputId\":\"not allowed!\"}",
                "{\"type\":\"attach\",\"readOnly\":\"yes\"}",
                "{\"type\":\"attach\",\"from\":null}",
                "{\"type\":\"attach\",\"name\":\" \"}",
                "{\"type\":\"attach\",\"name\":\"a\\u001bb\"}",
                "{\"type\":\"attach\",\"drain\":\"fast\"}",
                "{\"type\":\"drain\"}",
                "{\"type\":\"control\",\"take\":1}"
            })
    void whatIsMalformedIsRefused(String frame) {
        assertThatExceptionOfType(PtyParser.Malformed.class).isThrownBy(() -> PtyParser.v1(frame));
    }

    @Test
    void aTypeOfALaterVersionIsKnownAsThat() throws Exception {
        assertThat(PtyParser.v1("{\"type\":\"selfDestruct\",\"in\":5}"))
                .isEqualTo(new PtyMessage.Unknown("selfDestruct"));
    }

    @Test
    void deepNestingIsRefused() {
        String frame = "{\"type\":" + "[".repeat(8000);
        assertThatExceptionOfType(PtyParser.Malformed.class).isThrownBy(() -> PtyParser.v1(frame));
    }
}
