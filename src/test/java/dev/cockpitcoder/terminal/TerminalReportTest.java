package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalReportTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[?1;2c",
                "\u001b[>0;276;0c",
                "\u001b[24;80R",
                "\u001b[0n",
                "\u001b[?2026;2$y",
                "\u001b[I",
                "\u001b]11;rgb:0000/0000/0000\u0007",
                "\u001b]10;rgb:ffff/ffff/ffff\u001b\\",
                "\u001bP>|xterm.js(6.0.0)\u001b\\",
                "\u001b[?1;2c\u001b[24;80R"
            })
    void whatATerminalSaysByItself(String input) {
        assertThat(matches(input)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\u001b",
                "\u001b[A",
                "\u001bOP",
                "\u001b[1;5C",
                "\u0003",
                "\u001b[Ix",
                "x\u001b[0n",
                "\u001b[200~c"
            })
    void whatSomebodyTyped(String input) {
        assertThat(matches(input)).isFalse();
    }

    private static boolean matches(String input) {
        return TerminalReport.of(input.getBytes(StandardCharsets.UTF_8)).isPresent();
    }
}
