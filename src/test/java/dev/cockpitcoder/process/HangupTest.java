package dev.cockpitcoder.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that was started by nohup. */
class HangupTest {
    private static final List<String> LOOK = List.of("grep", "SigIgn", "/proc/self/status");

    @Test
    void whatItStartsHearsThatItsTerminalIsClosed() throws IOException {
        List<String> underNohup = status(List.of());

        assertThat(Hangup.reset(underNohup)).isNotEmpty();
        assertThat(Hangup.reset(status(Hangup.reset(underNohup)))).isEmpty();
    }

    /** Of a program that such a server starts. */
    private static List<String> status(List<String> prefix) throws IOException {
        List<String> argv = new ArrayList<>(List.of("env", "--ignore-signal=HUP"));
        argv.addAll(prefix);
        argv.addAll(LOOK);
        Process program = new ProcessBuilder(argv).start();
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }
}
