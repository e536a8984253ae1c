package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.agent.RunEnd.Reason;
import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** Real programs as agents: what they see, where they may write, and how they end. */
class AgentRunTest {
    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 16);
    private final StringBuffer output = new StringBuffer();
    private final AgentRun.Sink sink = new AgentRun.Sink() {
        @Override
        public void output(Channel channel, String text) {
            output.append(text);
        }

        @Override
        public void tool(ToolCall call) {
            throw new IllegalStateException("a plain program tells of no tools");
        }

        @Override
        public void answered(Question question, boolean allowed) {
            throw new IllegalStateException("a plain program asks nothing");
        }

        @Override
        public void asked(Question question) {
            throw new IllegalStateException("a plain program asks nothing");
        }
    };
    /** In the command line of every process of one test, and nowhere else. */
    private final String mark = "86397." + System.nanoTime();

    @TempDir
    private Path directory;

    private Path home;
    private Path copy;
    private Repo repo;

    @BeforeEach
    void make() throws IOException {
        Path real = directory.toRealPath();
        home = real.resolve("home");
        copy = Files.createDirectories(home.resolve("tasks/1/copy"));
        Files.createDirectories(home.resolve("tasks/1/home"));
        Files.writeString(home.resolve("secret"), "of the server");
        repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
    }

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void aConfinedAgentWritesInItsCopyAndItsHomeAndNowhereElse() throws Exception {
        Path outside = Files.createDirectories(directory.toRealPath().resolve("outside"));

        RunEnd end = run(Isolation.BUBBLEWRAP, RealAgents.LIMITS, """
                echo ok > in-copy; echo ok > "$HOME/in-home"; echo ok > /tmp/in-tmp
                for place in %s %s/.git/objects /etc /usr; do (echo bad > $place/written) 2>/dev/null && echo "wrote $place"; done
                ls -A %s | grep . && echo seen
                cat %s/secret %s/a 2>/dev/null && echo seen
                ls /proc | grep -c '^[0-9]'
                pwd
                """.formatted(
                        outside, repo.path(), System.getProperty("user.home"), home, repo.path()));

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(output.toString()).doesNotContain("wrote", "seen").endsWith(copy + "\n");
        assertThat(Integer.parseInt(output.toString().lines().findFirst().orElseThrow()))
                .isLessThan(10);
        assertThat(copy.resolve("in-copy")).hasContent("ok");
        assertThat(home.resolve("tasks/1/home/in-home")).hasContent("ok");
        assertThat(Path.of("/tmp/in-tmp")).doesNotExist();
        assertThat(outside).isEmptyDirectory();
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void aConfinedAgentHasNoPowerToUndoThat() throws Exception {
        run(Isolation.BUBBLEWRAP, RealAgents.LIMITS, """
                grep CapEff /proc/self/status; mount -o remount,rw / 2>/dev/null && echo writable
                echo end""");

        assertThat(output.toString()).isEqualTo("CapEff:\t0000000000000000\nend\n");
    }

    @Test
    void itsMemoryFilesHaveALimitAndThereAreNoOthers() throws Exception {
        Duration late = Duration.ofSeconds(30);

        RunEnd end =
                run(Isolation.BUBBLEWRAP, new AgentLimits(late, late, 1 << 20, 1000, 1 << 30, 1 << 20), """
                for place in /tmp /dev/shm; do head -c 4000000 /dev/zero > $place/filler; wc -c < $place/filler; done 2>&1
                for place in /dev %s %s; do (echo x > $place/filler) 2>/dev/null && echo "wrote $place"; done
                echo fine > /dev/null && echo end""".formatted(
                                System.getProperty("user.home"), home));

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(output.toString().lines().filter(line -> line.contains("No space left")))
                .hasSize(2);
        assertThat(output.toString())
                .contains("\n1048576\n")
                .doesNotContain("wrote")
                .endsWith("end\n");
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void theEnvironmentIsMadeForItAndSecretsAreTakenOutOfItsOutput(Isolation isolation) throws Exception {
        Agents agents = RealAgents.scripted(
                home, isolation, RealAgents.LIMITS, Map.of("API_TOKEN", "s3cr3t-value", "PLAIN", "plain-value"));

        run(agents, "env | cut -d= -f1 | sort | xargs; echo $API_TOKEN $PLAIN; echo $COCKPIT_CONTEXT");

        assertThat(output.toString().lines().findFirst().orElseThrow().split(" "))
                .isSubsetOf(
                        "API_TOKEN",
                        "COCKPIT_CONTEXT",
                        "COCKPIT_TREE",
                        "HOME",
                        "LANG",
                        "LOGNAME",
                        "NO_COLOR",
                        "PATH",
                        "PLAIN",
                        "PWD",
                        "SHLVL",
                        "TERM",
                        "USER",
                        "_");
        assertThat(output.toString())
                .contains("[secret] plain-value\n{\"hints\":\"\"}\n")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whenItIsEndedNoneOfItLivesWhateverItDid(Isolation isolation) throws Exception {
        AgentRun run = prepare(
                RealAgents.scripted(home, isolation, RealAgents.LIMITS, Map.of()),
                "trap '' TERM HUP; echo begun; setsid sh -c 'trap \"\" TERM; sleep " + mark + "' & sleep " + mark
                        + "; sleep " + mark);
        CompletableFuture<RunEnd> end = start(run);
        Await.until(output::toString, () -> output.toString().contains("begun"));

        run.end(Reason.CANCELLED);

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(alive()).isFalse();
    }

    @Test
    void eachLimitEndsItWithItsOwnReason() throws Exception {
        Duration soon = Duration.ofMillis(400);
        Duration late = Duration.ofSeconds(30);
        int much = 1 << 20;

        assertThat(run(Isolation.NONE, new AgentLimits(soon, late, much), "sleep " + mark)
                        .reason())
                .isEqualTo(Reason.WALL_TIME);
        assertThat(run(Isolation.NONE, new AgentLimits(late, soon, much), "echo x; sleep " + mark)
                        .reason())
                .isEqualTo(Reason.IDLE_TIME);
        assertThat(run(Isolation.NONE, new AgentLimits(late, late, 1 << 10), "yes")
                        .reason())
                .isEqualTo(Reason.OUTPUT);
        assertThat(run(Isolation.NONE, RealAgents.LIMITS, "exit 3").code()).isEqualTo(3);
        assertThat(alive()).isFalse();
    }

    @Test
    void aListedCommandIsAnAgentToo() throws Exception {
        Agents agents = RealAgents.scripted(home, Isolation.BUBBLEWRAP, RealAgents.LIMITS, Map.of());
        AgentRun run = agents.prepare(agents.require("command"), turn("touch touched"), threads, sink);

        assertThat(start(run).get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.DONE);
        assertThat(copy.resolve("touched")).exists();
    }

    private RunEnd run(Isolation isolation, AgentLimits limits, String script) throws Exception {
        return run(RealAgents.scripted(home, isolation, limits, Map.of()), script);
    }

    private RunEnd run(Agents agents, String script) throws Exception {
        AgentRun run = prepare(agents, script);
        RunEnd end = start(run).get(20, TimeUnit.SECONDS);
        run.drain();
        return end;
    }

    private AgentRun prepare(Agents agents, String script) {
        return agents.prepare(agents.require("scripted"), turn(script), threads, sink);
    }

    private Turn turn(String instruction) {
        return new Turn(instruction, "{\"hints\":\"\"}", copy, home.resolve("tasks/1/home"), repo.path());
    }

    private CompletableFuture<RunEnd> start(AgentRun run) {
        CompletableFuture<RunEnd> end = new CompletableFuture<>();
        threads.start("run", () -> {
            try {
                end.complete(run.run());
            } catch (IOException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    private boolean alive() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep " + mark));
    }
}
