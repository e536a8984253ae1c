package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.agent.RunEnd.Reason;
import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** A program that speaks as Claude does, also what Claude itself does not say on demand; {@code RealAgentsIT} runs Claude itself. */
class ClaudeRunTest {
    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 16);
    private final StringBuffer output = new StringBuffer();
    private final List<String> tools = new CopyOnWriteArrayList<>();
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
        public void asked(Question question) {
            questions.add(question);
        }

        @Override
        public void answered(Question question, boolean allowed) {
            throw new IllegalStateException("the profile asks");
        }
    };

    @TempDir
    private Path directory;

    private Path home;
    private Path copy;
    private Repo repo;
    private Agents agents;

    @BeforeEach
    void make() throws IOException {
        Path real = directory.toRealPath();
        Path data = real.resolve("data");
        home = Files.createDirectories(data.resolve("tasks/1/home"));
        copy = Files.createDirectories(data.resolve("tasks/1/copy"));
        repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
        agents = RealAgents.claude(data);
    }

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void textToolsAndNoise() throws Exception {
        RunEnd end = run("[{\"noise\":1},{\"say\":\"first\"},{\"tools\":1},{\"hook\":1},{\"say\":\"last\"}]");

        assertThat(end.reason()).isEqualTo(Reason.DONE);
        assertThat(output.toString()).isEqualTo("first\nerror\nlast\n");
        assertThat(tools).containsExactly("Bash: make", "Read: /x", "Failed: Bash: make", "Not finished: Read: /x");
    }

    @Test
    void aQuestionIsAnswered() throws Exception {
        CompletableFuture<RunEnd> end =
                start(prepare("[{\"ask\":\"rm -r x\"},{\"ask\":\"ls\"},{\"withdraw\":\"pwd\"}]"));
        Await.until(() -> "no question", () -> questions.size() == 1);
        assertThat(questions.get(0).title()).isEqualTo("Bash: rm -r x");
        questions.get(0).answer(false);
        Await.until(() -> "no question", () -> questions.size() == 2);
        questions.get(1).answer(true);

        assertThat(end.get(20, TimeUnit.SECONDS).reason()).isEqualTo(Reason.DONE);
        assertThat(questions).hasSize(3).allMatch(question -> question.answer().isDone());
        Await.until(output::toString, () -> output.toString().equals("deny The user does not allow this.\nallow ls\n"));
    }

    @Test
    void aFollowUpResumesAndOneThatCannotIsFollowedByANewSession() throws Exception {
        run("[{\"session\":\"of-the-first-run\"}]");
        run("[{\"resumed\":1},{\"session\":\"forgotten\"}]");
        assertThat(output.toString()).isEqualTo("resumed of-the-first-run\n");

        RunEnd failed = run("[{\"say\":\"x\"}]");
        assertThat(failed.reason()).isEqualTo(Reason.FAILED);
        assertThat(failed.detail()).contains("No conversation found");
        run("[{\"resumed\":1}]");

        assertThat(output.toString()).endsWith("resumed null\n");
    }

    @Test
    void whatWentWrongIsSaid() throws Exception {
        RunEnd end = run("[{\"fail\":\"no credit\"},{\"untilInterrupted\":1}]");

        assertThat(end.reason()).isEqualTo(Reason.FAILED);
        assertThat(end.detail()).contains("no credit");
    }

    @Test
    void cancellingAnswersWhatIsOpenAndInterrupts() throws Exception {
        AgentRun run = prepare("[{\"ask\":\"x\"},{\"untilInterrupted\":1},{\"say\":\"saved\"}]");
        CompletableFuture<RunEnd> end = start(run);
        Await.until(() -> "no question", () -> questions.size() == 1);

        run.end(Reason.CANCELLED);

        assertThat(end.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(output.toString()).isEqualTo("deny The user does not allow this.\nsaved\n");
    }

    private RunEnd run(String steps) throws Exception {
        return start(prepare(steps)).get(30, TimeUnit.SECONDS);
    }

    private AgentRun prepare(String steps) {
        return agents.prepare(agents.require("claude"), new Turn(steps, null, copy, home, repo.path()), threads, sink);
    }

    private CompletableFuture<RunEnd> start(AgentRun run) {
        CompletableFuture<RunEnd> end = new CompletableFuture<>();
        threads.start("run", () -> {
            try {
                RunEnd ended = run.run();
                run.drain();
                end.complete(ended);
            } catch (IOException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }
}
