package dev.cockpitcoder.task;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.agent.Approvals;
import dev.cockpitcoder.agent.RealAgents;
import dev.cockpitcoder.patch.PatchRecords;
import dev.cockpitcoder.persistence.Databases;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.SessionEvent;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** An agent that asks, and tasks that wait for the answer. */
class ApprovalsTest {
    private static final String ASKS = "[{\"ask\":\"Run make\"},{\"write\":[\"made\",\"x\"]}]";

    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 64);
    private final ConcurrentLinkedQueue<SessionEvent> events = new ConcurrentLinkedQueue<>();
    private final TaskService service = new TaskRecords(Databases.H2);
    private final UUID session = UUID.randomUUID();

    @TempDir
    private Path directory;

    private Repo repo;
    private Engine engine;
    private Tasks tasks;

    @BeforeEach
    void make() throws IOException {
        Path real = directory.toRealPath();
        repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
        engine = Engine.in(real);
        tasks = tasks(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        tasks.close();
        threads.close();
    }

    @Test
    void anAnswerIsGivenOnceStoredAndTold() throws Exception {
        TaskView task = create();
        UUID question = awaitQuestion();
        assertThat(view(task).phase()).isEqualTo("waiting_approval");
        assertThat(view(task).status()).isEqualTo("running");
        assertThat(service.approvals(task.id()).get(0).answer()).isNull();
        assertThat(service.openSince(session))
                .contains(service.approvals(task.id()).get(0).askedAt());
        assertThat(service.openSince(UUID.randomUUID())).isEmpty();
        assertThat(refusal(() -> tasks.answer(UUID.randomUUID(), question, true))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);

        tasks.answer(session, question, true);

        Await.until(() -> "it is " + view(task), () -> view(task).phase().equals("ready"));
        assertThat(refusal(() -> tasks.answer(session, question, false)).code()).isEqualTo(ProblemCode.CONFLICT);
        StoredApproval stored = service.approvals(task.id()).get(0);
        assertThat(stored.answer()).isEqualTo(StoredApproval.Answer.ALLOWED);
        assertThat(stored.byProfile()).isFalse();
        assertThat(service.openSince(session)).isEmpty();
        assertThat(told("output").get(0).content()).isEqualTo("answer yes");
        assertThat(told("status").stream().map(SessionEvent::content)).contains("The answer is: allowed. Run make");
    }

    @ParameterizedTest
    @EnumSource(
            value = Approvals.class,
            names = {"ALLOW", "DENY"})
    void anAnswerOfTheProfileIsStoredAndAnEventOfItsOwn(Approvals approvals) throws Exception {
        tasks.close();
        tasks = tasks(Duration.ofSeconds(30), approvals);
        TaskView task = create();

        Await.until(() -> "it is " + view(task), () -> view(task).phase().equals("ready"));

        String answer = approvals == Approvals.ALLOW ? "allowed" : "denied";
        StoredApproval stored = service.approvals(task.id()).get(0);
        assertThat(stored.answer().text()).isEqualTo(answer);
        assertThat(stored.byProfile()).isTrue();
        assertThat(told("confirmation")).isEmpty();
        List<SessionEvent> answers = told("status").stream()
                .filter(event -> event.fields().containsKey("approvalId"))
                .toList();
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).content()).isEqualTo("The answer of the profile is: " + answer + ". Run make");
        assertThat(answers.get(0).fields().getString("answer")).isEqualTo(answer);
        assertThat(answers.get(0).fields().getBoolean("byProfile")).isTrue();
        assertThat(refusal(() -> tasks.answer(session, stored.id(), true)).code())
                .isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void nobodyAnsweringIsANo() throws Exception {
        tasks.close();
        tasks = tasks(Duration.ofMillis(300));
        TaskView task = create();

        Await.until(() -> "it is " + view(task), () -> view(task).phase().equals("ready"));

        assertThat(told("output").get(0).content()).isEqualTo("answer no");
        assertThat(service.approvals(task.id()).get(0).answer()).isEqualTo(StoredApproval.Answer.EXPIRED);
    }

    @Test
    void cancellingTheTaskCancelsWhatIsOpen() throws Exception {
        TaskView task = create();
        UUID question = awaitQuestion();

        assertThat(tasks.cancel(session, task.id()).phase()).isEqualTo("cancelled");

        Await.until(
                () -> "it is open",
                () -> service.approvals(task.id()).get(0).answer() == StoredApproval.Answer.CANCELLED);
        assertThat(refusal(() -> tasks.answer(session, question, true)).code()).isEqualTo(ProblemCode.CONFLICT);
        assertThat(view(task).phase()).isEqualTo("cancelled");
    }

    @Test
    void whatAKilledServerLeftOpenIsCancelledByTheNext() {
        StoredTask task = new StoredTask(
                session,
                "me",
                repo.path(),
                null,
                new NewTask(ASKS, null, null, null),
                "acp",
                engine.branches().tip(repo.path(), "main"));
        service.add(task);
        UUID question = UUID.randomUUID();
        service.ask(new StoredApproval(question, task.id(), "Run make"));
        service.move(task.id(), Phase.WAITING_APPROVAL, null);

        tasks.recover(service.interruptActive());

        assertThat(tasks.view(tasks.require(session, task.id())).phase()).isEqualTo("interrupted");
        assertThat(service.approvals(task.id()).get(0).answer()).isEqualTo(StoredApproval.Answer.CANCELLED);
        assertThat(service.openSince(session)).isEmpty();
        assertThat(refusal(() -> tasks.answer(session, question, true)).code()).isEqualTo(ProblemCode.CONFLICT);
    }

    private UUID awaitQuestion() throws Exception {
        Await.until(() -> "no question: " + events, () -> !told("confirmation").isEmpty());
        SessionEvent question = told("confirmation").get(0);
        assertThat(question.content()).isEqualTo("Run make");
        return UUID.fromString(question.fields().getString("id"));
    }

    private Tasks tasks(Duration patience) {
        return tasks(patience, Approvals.ASK);
    }

    private Tasks tasks(Duration patience, Approvals approvals) {
        return new Tasks(
                new TaskConfig(4, 2, 5, Duration.ofDays(1), patience),
                threads,
                service,
                new Tasks.Rooms(
                        any -> repo.path(),
                        engine.copies(),
                        engine.branches(),
                        PatchRecords.patches(engine.branches()),
                        RealAgents.acp(directory.resolve("home"), Isolation.NONE, RealAgents.LIMITS, approvals)),
                new TaskNews(events::add));
    }

    private TaskView create() {
        return tasks.create(session, "me", new NewTask(ASKS, null, null, null), null);
    }

    private TaskView view(TaskView task) {
        return tasks.view(tasks.require(session, task.id()));
    }

    private List<SessionEvent> told(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    private static ProblemException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call);
    }
}
