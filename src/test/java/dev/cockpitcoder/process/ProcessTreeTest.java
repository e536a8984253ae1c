package dev.cockpitcoder.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ProcessTreeTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");
    private static final Duration PROMISE = Duration.ofMillis(5_500);

    @TempDir
    private Path directory;

    /** In the command line of every process of one test, and nowhere else. */
    private final String mark = "86400." + System.nanoTime();

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void endsChildrenThatTryToStay(Isolation isolation) throws Exception {
        assumeWorks(isolation);
        Started started = start(isolation, """
                setsid sleep %1$s &
                nohup sleep %1$s >/dev/null 2>&1 &
                ( trap '' HUP TERM; sleep %1$s; sleep %1$s ) &
                ( ( trap '' HUP TERM; setsid sh -c 'sleep %1$s; true' ) & )
                while [ "$(grep -lsz %1$s /proc/[0-9]*/cmdline | wc -l)" -lt 5 ]; do :; done
                echo ready
                wait""");

        long before = System.nanoTime();
        assertThat(started.tree.end()).isTrue();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PROMISE);
        assertThat(marked()).isEmpty();
        assertThat(started.process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsDaemonsThatClearedTheirEnvironmentUnderBubblewrap() throws Exception {
        assumeWorks(Isolation.BUBBLEWRAP);
        Started started = start(Isolation.BUBBLEWRAP, """
                ( setsid env -i sleep %1$s >/dev/null 2>&1 </dev/null & )
                while [ "$(grep -lsz %1$s /proc/[0-9]*/cmdline | wc -l)" -lt 2 ]; do :; done
                echo ready
                wait""");

        assertThat(started.tree.end()).isTrue();

        assertThat(marked()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void findsWhatTheFirstProcessLeftBehind(Isolation isolation) throws Exception {
        assumeWorks(isolation);
        Started started = start(isolation, "setsid nohup sleep %1$s >/dev/null 2>&1 & echo ready");
        assertThat(started.process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(started.tree.end()).isTrue();

        assertThat(marked()).isEmpty();
        assertThat(started.tree.gone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void letsProgramsSayGoodbye(Isolation isolation) throws Exception {
        assumeWorks(isolation);
        Path goodbye = directory.resolve("goodbye");
        Started started = start(
                isolation,
                "trap 'echo bye > " + goodbye + "; exit' HUP; : %1$s; echo ready; while :; do sleep 0.1; done");

        assertThat(started.tree.end()).isTrue();

        assertThat(goodbye).hasContent("bye");
    }

    @Test
    void endsStoppedProcesses() throws Exception {
        Started started = start(Isolation.NONE, "sleep %1$s & kill -STOP $!; echo ready; wait");

        assertThat(started.tree.end()).isTrue();

        assertThat(marked()).isEmpty();
    }

    @Test
    void leavesOtherTreesAlone() throws Exception {
        Started one = start(Isolation.NONE, ": %1$s; echo ready; sleep %1$s");
        Started other = start(Isolation.NONE, ": %1$s; echo ready; sleep %1$s");

        one.tree.end();

        assertThat(other.process.isAlive()).isTrue();
        assertThat(other.tree.end()).isTrue();
    }

    @Test
    void endingTwiceIsNoHarm() throws Exception {
        Started started = start(Isolation.NONE, ": %1$s; echo ready; sleep %1$s");

        assertThat(started.tree.end()).isTrue();
        assertThat(started.tree.end()).isTrue();
    }

    @Test
    void hiddenDirectoriesLookEmptyUnderBubblewrap() throws Exception {
        assumeWorks(Isolation.BUBBLEWRAP);
        Path secret = Files.createDirectory(directory.resolve("secret"));
        Files.writeString(secret.resolve("key"), "private");
        Launch launch = Launch.of(
                Isolation.BUBBLEWRAP,
                List.of("ls", "-A", secret.toString()),
                ENVIRONMENT,
                directory,
                List.of(secret),
                List.of());

        Process process = builder(launch).start();

        assertThat(process.inputReader().readLine()).isNull();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void isolationIsNamedExactly() {
        assertThat(Isolation.of("none")).isEqualTo(Isolation.NONE);
        assertThatIllegalArgumentException().isThrownBy(() -> Isolation.of("docker"));
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whatAServerBeforeLeftIsKilledByItsMark(Isolation isolation) throws Exception {
        assumeWorks(isolation);
        String known = "of " + mark;
        Launch launch = Launch.of(
                        isolation,
                        List.of("bash", "-c", "(setsid sleep %1$s &); echo ready; sleep %1$s".formatted(mark)),
                        ENVIRONMENT,
                        directory,
                        List.of(),
                        List.of())
                .marked(known);
        Process process = builder(launch).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");

        assertThat(new LeftTree("of another").kill()).isTrue();
        assertThat(process.isAlive()).isTrue();
        assertThat(new LeftTree(known).kill()).isTrue();

        assertThat(marked()).isEmpty();
    }

    private record Started(Process process, ProcessTree tree) {}

    private Started start(Isolation isolation, String script) throws IOException {
        Launch launch = Launch.of(
                isolation, List.of("bash", "-c", script.formatted(mark)), ENVIRONMENT, directory, List.of(), List.of());
        Process process = builder(launch).start();
        ProcessTree tree = launch.startedAs(process.pid());
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        assertThat(output.readLine()).isEqualTo("ready");
        return new Started(process, tree);
    }

    private static ProcessBuilder builder(Launch launch) {
        ProcessBuilder builder = new ProcessBuilder(launch.argv())
                .directory(launch.directory().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return builder;
    }

    private List<ProcEntry> marked() throws IOException {
        return ProcEntry.living().stream()
                .filter(entry -> commandLine(entry.pid()).contains(mark))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    static void assumeWorks(Isolation isolation) {
        if (isolation == Isolation.BUBBLEWRAP) {
            assumeTrue(Isolation.of("auto") == Isolation.BUBBLEWRAP, "bubblewrap does not work on this machine");
        }
    }
}
