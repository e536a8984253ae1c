package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.ProcessTree;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class Pty4jPtyTest {
    @TempDir
    private Path directory;

    private Pty pty;
    private ProcessTree tree;

    @AfterEach
    void end() throws IOException {
        if (pty != null) {
            tree.end();
            pty.close();
        }
    }

    @Test
    void startsInTheDirectoryWithExactlyTheEnvironment() throws Exception {
        start("pwd; env");

        String output = readAll();

        assertThat(output).startsWith(directory.toRealPath() + "\r\n");
        // what a shell adds by itself
        assertThat(output.lines().skip(1).map(line -> line.split("=")[0]))
                .containsExactlyInAnyOrder("PATH", "MINE", Launch.MARK, "PWD", "SHLVL", "_");
    }

    @Test
    void hasTheSizeItWasGivenAndTakesAnother() throws Exception {
        start("stty size; read; stty size");
        assertThat(readUntil("\r\n")).isEqualTo("24 80\r\n");

        pty.resize(new TerminalSize(132, 50));
        type("\r");

        assertThat(readAll()).endsWith("50 132\r\n");
    }

    @Test
    void tellsTheExitCode() throws Exception {
        start("exit 7");
        readAll();
        assertThat(pty.waitFor()).isEqualTo(7);
        assertThat(pty.running()).isFalse();
    }

    @Test
    void tellsTheSignalThatEndedIt() throws Exception {
        start("kill -TERM $$");
        readAll();
        assertThat(pty.waitFor()).isEqualTo(128 + 15);
    }

    @Test
    void controlCInterrupts() throws Exception {
        start("trap 'echo interrupted; exit 3' INT; echo ready; while :; do sleep 0.05; done");
        readUntil("ready\r\n");

        type("\u0003");

        assertThat(readAll()).contains("interrupted");
        assertThat(pty.waitFor()).isEqualTo(3);
    }

    @Test
    void noOutputIsLostAtTheEnd() throws Exception {
        for (int i = 0; i < 20; i++) {
            start("head -c 20000 /dev/zero | tr '\\0' x; echo end");
            assertThat(readAll()).hasSize(20_005).endsWith("end\r\n");
            end();
        }
    }

    @Test
    void sixteenMebibytesOfRandomBytesArriveUnchanged() throws Exception {
        byte[] bytes = new byte[16 << 20];
        new Random(16).nextBytes(bytes);
        Files.write(directory.resolve("random"), bytes);
        start("stty raw -echo; cat random");

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[8192];
        for (int count; (count = pty.read(buffer)) >= 0; ) {
            digest.update(buffer, 0, count);
        }

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    private void start(String script) throws IOException {
        Launch launch = Launch.of(
                Isolation.NONE,
                List.of("/bin/bash", "-c", script),
                Map.of("PATH", "/usr/bin:/bin", "MINE", "yes"),
                directory,
                List.of(),
                List.of());
        pty = Pty4jPty.start(launch, TerminalSize.DEFAULT);
        tree = launch.startedAs(pty.pid());
    }

    private void type(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pty.write(bytes, 0, bytes.length);
    }

    private String readUntil(String end) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] buffer = new byte[100];
        while (!output.toString(StandardCharsets.UTF_8).endsWith(end)) {
            int count = pty.read(buffer);
            assertThat(count).as("output so far: %s", output).isPositive();
            output.write(buffer, 0, count);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    private String readAll() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int count; (count = pty.read(buffer)) >= 0; ) {
            output.write(buffer, 0, count);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
