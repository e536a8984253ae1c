package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real program that speaks the Agent Client Protocol, well and badly. */
class AcpRunTest {
    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 16);
    private final StringBuffer output = new StringBuffer();
    private final List<String> tools = new CopyOnWriteArrayList<>();
    private final List<String> answers = new CopyOnWriteArrayList<>();
    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final AgentRun.Sink sink = new AgentRun.Sink() {
        @Override
        public void output(Channel channel, String text) {
            output.append(text);
        }

        @Override
        public void tool(ToolCall call) {
            tools.add(call.content());
        }

        @Override
        public void answered(Question question, boolean allowed) {
            answers.add(question.title() + " " + allowed);
        }

        @Override
        public void asked(Question question) {
            questions.add(question);
        }
    };

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
        repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
    }

    @AfterEach
    void close() {
        threads.close();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void itWorksInTheCopyAndAFollowUpGoesOnInItsSession(Isolation isolation) throws Exception {
        Agents agents = agents(isolation, Approvals.ASK);
        RunEnd end = run(agents, "[{\"write\":[\"made\",\"by the agent\"]},{\"say\":\"first\"}]");
        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(copy.resolve("made")).hasContent("by the agent");

        run(agents, "[{\"say\":\"second\"}]");

        // what was said before is not said again
        assertThat(output.toString()).endsWith("second").startsWith("first").doesNotContain("said before");
    }

    @Test
    void noiseUnknownMessagesAndOddToolCallsArePassedOver() throws Exception {
        RunEnd end = run(
                agents(Isolation.NONE, Approvals.ASK),
                "[{\"noise\":1},{\"unknown\":1},{\"tools\":1},{\"unoffered\":1},{\"malformed\":1},{\"split\":1}]");

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(tools)
                .as("each is told as begun and as ended once, and at the end of the turn none is open")
                .containsExactly(
                        "Done: only updated",
                        "announced",
                        "ended twice",
                        "Failed: ended twice",
                        "Not finished: announced");
        assertThat(output).contains("code -32601", "code -32602").endsWith("€😀");
    }

    @Test
    void twoThousandChunksStayInOrderAndALineOfTenMegabytesIsRead() throws Exception {
        AgentLimits limits = new AgentLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), 64 << 20);
        Agents agents = RealAgents.acp(home, Isolation.NONE, limits, Approvals.ASK);

        RunEnd end = run(agents, "[{\"chunks\":2000},{\"big\":10000000},{\"say\":\"end\"}]");

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        String chunks = IntStream.range(0, 2000).mapToObj(i -> i + " ").collect(Collectors.joining());
        assertThat(output.toString()).startsWith(chunks).endsWith("xend").hasSize(chunks.length() + 10_000_003);
    }

    @Test
    void theAgentsDeathFailsTheTurnWithinASecondWithItsLastWords() throws Exception {
        List<Duration> took = new ArrayList<>();
        // a machine can be slow for a moment
        while (took.size() < 3 && took.stream().noneMatch(each -> each.toMillis() < 1000)) {
            RunEnd end =
                    run(agents(Isolation.BUBBLEWRAP, Approvals.ASK), "[{\"tool\":\"t\"},{\"die\":\"out of cheese\"}]");
            long ended = System.currentTimeMillis();
            assertThat(end.reason()).isEqualTo(Reason.FAILED);
            assertThat(end.detail()).contains("ended in the middle", "out of cheese");
            String said = output.toString();
            took.add(Duration.ofMillis(ended - Long.parseLong(said.substring(said.lastIndexOf(' ') + 1))));
        }
        assertThat(took).anyMatch(each -> each.toMillis() < 1000);
    }

    @Test
    void secretsNeverGetOutHoweverTheyAreSaid() throws Exception {
        Agents agents = RealAgents.acp(
                home, Isolation.NONE, RealAgents.LIMITS, Approvals.DENY, Map.of("API_KEY", "s3cr3t-value"));

        run(
                agents,
                "[{\"say\":\"a s3cr3t-\"},{\"say\":\"val\"},{\"say\":\"ue b s3\"},{\"environment\":\"API_KEY\"},"
                        + "{\"tool\":\"cat s3cr3t-value\"},{\"ask\":\"echo s3cr3t-value\"}]");
        RunEnd failed = run(agents, "[{\"fail\":\"no such s3cr3t-value\"}]");
        RunEnd died = run(agents, "[{\"die\":\"s3cr3t-value\"}]");

        assertThat(output.toString()).contains("a [secret]", "b s3[secret]").doesNotContain("s3cr3t");
        assertThat(tools).containsExactly("Done: cat [secret]");
        assertThat(answers).containsExactly("echo [secret] false");
        assertThat(failed.detail()).contains("no such [secret]");
        assertThat(died.detail()).contains("It wrote: [secret]");
    }

    @Test
    void aQuestionIsAnsweredByWhoeverIsAsked() throws Exception {
        CompletableFuture<RunEnd> end =
                start(prepare(agents(Isolation.NONE, Approvals.ASK), "[{\"ask\":\"rm -rf\"},{\"ask\":\"ls\"}]"));
        Await.until(() -> "no question", () -> questions.size() == 1);
        assertThat(questions.get(0).title()).isEqualTo("rm -rf");
        assertThat(questions.get(0).answer(false)).isTrue();
        assertThat(questions.get(0).answer(true)).isFalse();
        Await.until(() -> "no question", () -> questions.size() == 2);
        questions.get(1).answer(true);

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.DONE);
        Await.until(output::toString, () -> output.toString().contains("answer noanswer yes"));
    }

    @Test
    void aProfileCanAnswerByItself() throws Exception {
        run(agents(Isolation.NONE, Approvals.ALLOW), "[{\"ask\":\"build\"}]");
        run(agents(Isolation.NONE, Approvals.DENY), "[{\"ask\":\"push\"}]");

        assertThat(output).contains("answer yes", "answer no");
        assertThat(answers).containsExactly("build true", "push false");
        assertThat(questions).isEmpty();
    }

    @Test
    void cancellingAnswersWhatIsOpenAndLetsTheAgentFinish() throws Exception {
        AgentRun run = prepare(
                agents(Isolation.NONE, Approvals.ASK), "[{\"ask\":\"x\"},{\"untilCancelled\":1},{\"say\":\"saved\"}]");
        CompletableFuture<RunEnd> end = start(run);
        Await.until(() -> "no question", () -> questions.size() == 1);

        run.end(Reason.CANCELLED);

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
        run.drain();
        assertThat(output.toString()).isEqualTo("answer cancelledsaved");
    }

    @Test
    void oneThatHangsIsEndedByItsLimit() throws Exception {
        AgentLimits limits = new AgentLimits(Duration.ofSeconds(60), Duration.ofSeconds(2), 1 << 20);

        RunEnd end = run(RealAgents.acp(home, Isolation.BUBBLEWRAP, limits, Approvals.ASK), "[{\"hang\":1}]");

        assertThat(end.reason()).isEqualTo(Reason.IDLE_TIME);
    }

    @Test
    void oneThatTakesTooLongOrSaysTooMuchIsEnded() throws Exception {
        Duration late = Duration.ofSeconds(60);
        AgentLimits shortly = new AgentLimits(Duration.ofSeconds(1), late, 1 << 20);
        AgentLimits little = new AgentLimits(late, late, 10_000);
        String tools = "{\"tool\":\"a\"},".repeat(1000);

        assertThat(run(RealAgents.acp(home, Isolation.NONE, shortly, Approvals.ASK), "[{\"untilCancelled\":1}]")
                        .reason())
                .isEqualTo(Reason.WALL_TIME);
        assertThat(run(RealAgents.acp(home, Isolation.NONE, little, Approvals.ASK), "[{\"big\":20000},{\"hang\":1}]")
                        .reason())
                .isEqualTo(Reason.OUTPUT);
        assertThat(run(RealAgents.acp(home, Isolation.NONE, little, Approvals.ASK), "[" + tools + "{\"hang\":1}]")
                        .reason())
                .isEqualTo(Reason.OUTPUT);
    }

    @Test
    void whoeverIsAskedIsNotTakenForIdle() throws Exception {
        AgentLimits limits = new AgentLimits(Duration.ofSeconds(60), Duration.ofSeconds(1), 1 << 20);
        CompletableFuture<RunEnd> end = start(prepare(
                RealAgents.acp(home, Isolation.NONE, limits, Approvals.ASK), "[{\"askTwice\":[\"one\",\"two\"]}]"));
        Await.until(() -> "no questions", () -> questions.size() == 2);
        questions.get(0).answer(true);

        assertThatThrownBy(() -> end.get(2500, TimeUnit.MILLISECONDS))
                .as("one is open still")
                .isInstanceOf(TimeoutException.class);
        questions.get(1).answer(true);

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.DONE);
    }

    private Agents agents(Isolation isolation, Approvals approvals) {
        return RealAgents.acp(home, isolation, RealAgents.LIMITS, approvals);
    }

    private RunEnd run(Agents agents, String steps) throws Exception {
        AgentRun run = prepare(agents, steps);
        RunEnd end = start(run).get(30, TimeUnit.SECONDS);
        run.drain();
        return end;
    }

    private AgentRun prepare(Agents agents, String steps) {
        Turn turn = new Turn(steps, null, copy, home.resolve("tasks/1/home"), repo.path());
        return agents.prepare(agents.require("acp"), turn, threads, sink);
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
}
