package dev.cockpitcoder.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class SpawnerTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;

    @TempDir
    private Path directory;

    @Test
    void aProgramGetsExactlyItsWords() throws Exception {
        assertThat(outputOf(program("/usr/bin/printf", "%s|", "a b", "", "'\"$HOME", "*", "--", "\n")))
                .isEqualTo("a b||'\"$HOME|*|--|\n|");
    }

    @Test
    void andItsEnvironmentAndDirectory() throws Exception {
        ProcessBuilder builder = program("/usr/bin/env");
        builder.environment().put("ONE", "1 = 2");
        builder.environment().put("EMPTY", "");

        assertThat(outputOf(builder).lines()).containsExactlyInAnyOrder("ONE=1 = 2", "EMPTY=");
        assertThat(outputOf(program("/bin/pwd"))).isEqualTo(directory.toRealPath() + "\n");
    }

    @Test
    void outputAndErrorsAreKeptApart() throws Exception {
        Process process = Spawner.start(program("/bin/sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(text(process)).isEqualTo("out\n");
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("err\n");
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void inputComesThroughAPipeOrFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "from a file");
        Process process = Spawner.start(program("/bin/cat"));
        try (OutputStream input = process.getOutputStream()) {
            input.write("through a pipe".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(text(process)).isEqualTo("through a pipe");
        assertThat(outputOf(program("/bin/cat").redirectInput(file.toFile()))).isEqualTo("from a file");
    }

    @Test
    void outputMayGoToAFileToo() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "what was there before");

        Spawner.start(program("/bin/echo", "new").redirectOutput(file.toFile())).waitFor();

        assertThat(file).hasContent("new");
    }

    @Test
    void aProgramInheritsNoFileOfTheServerAndNoSignalItIgnoresOrBlocks() throws Exception {
        try (OutputStream open = Files.newOutputStream(directory.resolve("open"))) {
            open.write('x');
            // the fourth is the directory it lists
            assertThat(outputOf(program("/bin/ls", "/proc/self/fd"))).isEqualTo("0\n1\n2\n3\n");
        }
        assertThat(outputOf(program("/bin/grep", "-E", "Sig(Ign|Blk)", "/proc/self/status"))
                        .lines())
                // the C library keeps 32 and 33 for its own threads, and has them ignored until it needs them
                .allSatisfy(line -> assertThat(Long.parseUnsignedLong(line.replaceFirst("\\S+\\s+", ""), 16) << 33)
                        .as(line)
                        .isZero());
    }

    @Test
    void whatCannotBeStartedIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "#!/bin/true");

        assertThatThrownBy(() -> Spawner.start(program("/no/such/program")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/program")
                .hasMessageContaining("No such file");
        assertThatThrownBy(() -> Spawner.start(program(file.toString()))).hasMessageContaining("Permission denied");
        assertThatThrownBy(() -> Spawner.start(program("/bin/true").directory(file.toFile())))
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Spawner.start(program("/bin/echo", "a\0b"))).hasMessageContaining("null character");
    }

    /** As execvp(3), and the Java runtime, have it. */
    @Test
    void aScriptThatDoesNotSayWhatRunsItIsRunByTheShell() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), "echo \"$0 $1\"");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        assertThat(outputOf(program(script.toString(), "word"))).isEqualTo(script + " word\n");
    }

    @Test
    void itIsWaitedForAsLongAsIsSaidAndEndedWhenTold() throws Exception {
        Process process = Spawner.start(program("/bin/sleep", "60"));

        assertThat(process.waitFor(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(process.isAlive()).isTrue();
        assertThatThrownBy(process::exitValue).isInstanceOf(IllegalThreadStateException.class);
        assertThat(process.toHandle().isAlive()).isTrue();

        process.destroy();

        assertThat(process.onExit().get().exitValue()).isEqualTo(TERMINATED);
        assertThat(process.isAlive()).isFalse();
        // its number may be another's now
        assertThat(process.destroyForcibly().exitValue()).isEqualTo(TERMINATED);
    }

    @Test
    void theExitCodeOfAKilledProgramSaysSo() throws Exception {
        assertThat(Spawner.start(program("/bin/sh", "-c", "kill -KILL $$")).waitFor())
                .isEqualTo(KILLED);
    }

    @Test
    void oneThatNobodyWaitsForLeavesNoZombie() throws Exception {
        long pid = Spawner.start(program("/bin/true")).pid();

        Await.until(() -> pid + " is a zombie", () -> Files.notExists(Path.of("/proc/" + pid)));
    }

    /** A pipe that another program inherited would not end. */
    @Test
    void manyAtOnceEachGetTheirOwnOutputAndLeaveNoDescriptor() throws Exception {
        outputOf(program("/bin/echo", "first"));
        long before = descriptors();
        List<CompletableFuture<String>> outputs = IntStream.range(0, 200)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return outputOf(program("/bin/sh", "-c", "cat; echo " + i));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();

        assertThat(outputs.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> i + "\n").toList());
        Await.until(() -> descriptors() + " descriptors, before " + before, () -> descriptors() <= before);
    }

    @Test
    void oneThatCannotBeStartedLeavesNoDescriptor() throws Exception {
        long before = descriptors();

        Collections.nCopies(50, program("/no/such/program"))
                .forEach(builder ->
                        assertThatThrownBy(() -> Spawner.start(builder)).isInstanceOf(IOException.class));

        Await.until(() -> descriptors() + " descriptors, before " + before, () -> descriptors() <= before);
    }

    @Test
    void whatItDoesNotKnowIsLeftToTheRuntime() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "a");

        Spawner.start(program("/bin/echo", "b").redirectOutput(Redirect.appendTo(file.toFile())))
                .waitFor();
        assertThat(file).hasContent("ab");
        assertThat(outputOf(program("/bin/sh", "-c", "echo out; echo err >&2").redirectErrorStream(true)))
                .isEqualTo("out\nerr\n");
    }

    private ProcessBuilder program(String... argv) {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.environment().clear();
        return builder;
    }

    private static String outputOf(ProcessBuilder builder) throws Exception {
        Process process = Spawner.start(builder);
        process.getOutputStream().close();
        String text = text(process);
        process.getErrorStream().close();
        assertThat(process.waitFor()).isZero();
        return text;
    }

    private static String text(Process process) throws IOException {
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }
}
