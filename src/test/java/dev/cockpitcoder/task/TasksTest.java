package dev.cockpitcoder.task;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.agent.AgentLimits;
import dev.cockpitcoder.agent.Agents;
import dev.cockpitcoder.agent.RealAgents;
import dev.cockpitcoder.patch.AppliedView;
import dev.cockpitcoder.patch.NewApply;
import dev.cockpitcoder.patch.NewApply.SelectedFile;
import dev.cockpitcoder.patch.PatchRecords;
import dev.cockpitcoder.patch.PatchesView;
import dev.cockpitcoder.persistence.Databases;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.SessionEvent;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Tasks with scripts as agents, on real repositories. */
class TasksTest {
    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 64);
    private final ConcurrentLinkedQueue<SessionEvent> events = new ConcurrentLinkedQueue<>();
    private final UUID session = UUID.randomUUID();
    /** In the command line of every process of one test, and nowhere else. */
    private final String mark = "86398." + System.nanoTime();

    @TempDir
    private Path directory;

    private AgentLimits limits = RealAgents.LIMITS;
    private Path real;
    private Repo repo;
    private Engine engine;
    private TaskService service;
    private Tasks tasks;

    @BeforeEach
    void make() throws IOException {
        real = directory.toRealPath();
        repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
        engine = Engine.in(real);
        tasks = tasks(Databases.H2, new TaskConfig(4, 2, 5, Duration.ofDays(1), Duration.ofSeconds(30)));
    }

    @AfterEach
    void close() {
        tasks.close();
        threads.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aTaskGoesTheWholeWayAndTellsIt(Databases database) throws Exception {
        tasks = tasks(database, new TaskConfig(4, 2, 5, Duration.ofDays(1), Duration.ofSeconds(30)));
        TaskView made = create("echo working; echo b >> a; echo new > n");
        assertThat(made.status()).isEqualTo("pending");
        assertThat(made.id()).isEqualTo(made.taskId());
        assertThat(made.base()).isEqualTo(repo.git("rev-parse", "HEAD"));

        TaskView ready = await(made, "ready");

        assertThat(ready.status()).isEqualTo("completed");
        assertThat(ready.files()).isEqualTo(2);
        assertThat(repo.git("status", "--porcelain")).isEmpty();
        PatchesView patches = tasks.patches(session, made.id());
        assertThat(patches.patches()).hasSize(2);
        NewApply wanted = new NewApply(List.of(new SelectedFile("a", List.of(0), null)), "from a phone", null, null);
        AppliedView applied = tasks.apply(session, made.id(), wanted, "key");
        String commit = applied.commit();
        assertThat(repo.git("log", "--format=%H %s")).startsWith(commit + " from a phone");
        assertThat(view(made).phase()).isEqualTo("applied");
        tasks.undo(session, made.id());
        assertThat(repo.git("log", "--format=%s")).isEqualTo("first");
        assertThat(view(made).phase()).isEqualTo("ready");
        // a request that is sent again is answered again, and nothing happens
        assertThat(tasks.apply(session, made.id(), wanted, "key")).isEqualTo(applied);
        assertThat(view(made).phase()).isEqualTo("ready");
        assertThat(tasks.discard(session, made.id()).phase()).isEqualTo("discarded");
        assertThat(refusal(() -> tasks.patches(session, made.id())).code()).isEqualTo(ProblemCode.CONFLICT);

        assertThat(events).allSatisfy(event -> {
            assertThat(event.content()).isNotBlank();
            assertThat(event.fields().getString("taskId")).isEqualTo(made.id().toString());
        });
        assertThat(events.stream()
                        .map(event -> event.type() + " " + event.fields().getString("phase", "")))
                .containsExactly(
                        "status queued",
                        "status preparing",
                        "status running",
                        "output ",
                        "exit ",
                        "patch ",
                        "status ready",
                        "status applied",
                        "status ready",
                        "status discarded");
    }

    @Test
    void whatAFailedAgentDidIsKept() throws Exception {
        TaskView made = create("echo half > a; exit 3");

        TaskView failed = await(made, "failed");

        assertThat(failed.status()).isEqualTo("failed");
        assertThat(failed.reason()).contains("exit code 3");
        assertThat(tasks.patches(session, made.id()).patches()).hasSize(1);
        assertThat(told("error")).hasSize(1);
        assertThat(told("exit")).hasSize(1);
    }

    @Test
    void cancelIsFinalWhenNothingOfItLivesAndTheCopyStaysAsItIs() throws Exception {
        TaskView made = create("trap '' TERM; echo begun; setsid sh -c 'while :; do date +%s%N > a; sleep " + mark
                + " & sleep 0.01; done' & sleep " + mark);
        Await.until(() -> "it does not begin", () -> !told("output").isEmpty());

        TaskView cancelled = tasks.cancel(session, made.id());

        assertThat(cancelled.phase()).isEqualTo("cancelled");
        assertThat(alive()).isFalse();
        assertThat(tasks.patches(session, made.id()).revision())
                .isEqualTo(engine.copies()
                        .open(made.id(), repo.path(), made.base())
                        .snapshot()
                        .revision());
        assertThat(tasks.cancel(session, made.id()).phase()).isEqualTo("cancelled");
        assertThat(told("exit")).hasSize(1);
    }

    @Test
    void tasksWaitInTheirOrderWithinTheLimits() throws Exception {
        Path gate = Files.createFile(real.resolve("gate"));
        String waits = "while [ -e " + gate + " ]; do sleep 0.02; done; echo x > a";
        List<TaskView> made = IntStream.range(0, 5).mapToObj(i -> create(waits)).toList();
        await(made.get(0), "running");
        await(made.get(1), "running");

        assertThat(view(made.get(2)).position()).isEqualTo(1);
        assertThat(view(made.get(4)).position()).isEqualTo(3);
        assertThat(view(made.get(2)).status()).isEqualTo("pending");
        assertThat(tasks.running()).isEqualTo(2);
        create(waits);
        create(waits);
        assertThat(refusal(() -> create(waits)).code()).isEqualTo(ProblemCode.TOO_MANY);
        assertThat(tasks.cancel(session, made.get(3).id()).phase()).isEqualTo("cancelled");
        assertThat(view(made.get(4)).position()).isEqualTo(2);

        Files.delete(gate);

        for (TaskView task : List.of(made.get(0), made.get(1), made.get(2), made.get(4))) {
            await(task, "ready");
        }
    }

    @Test
    void ofManyMadeAtOnceNoMoreRunThanMayRunInAll() throws Exception {
        tasks = tasks(Databases.H2, new TaskConfig(1, 2, 20, Duration.ofDays(1), Duration.ofSeconds(30)));
        Path alone = real.resolve("alone");
        String script = "mkdir " + alone + " || exit 9; sleep 0.1; rmdir " + alone;
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<TaskView> create = () -> create(script);
            for (var made : pool.invokeAll(Collections.nCopies(8, create))) {
                await(made.get(), "ready");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void theSameKeyTwentyTimesAtOnceIsOneTask() throws Exception {
        var pool = Executors.newFixedThreadPool(20);
        NewTask wanted = new NewTask("echo x > a", null, null, null);
        try {
            Callable<UUID> create =
                    () -> tasks.create(session, "me", wanted, "key").id();
            Set<UUID> ids = pool
                    .invokeAll(IntStream.range(0, 20).mapToObj(i -> create).toList())
                    .stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.toSet());
            assertThat(ids).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(service.page(session, null, 10)).hasSize(1);
        NewTask other = new NewTask("echo y > a", null, null, null);
        assertThat(refusal(() -> tasks.create(session, "me", other, "key")).code())
                .isEqualTo(ProblemCode.INVALID);
    }

    @Test
    void aFollowUpGoesOnInTheSameCopyAndOneThatWaitsCanBeRemoved() throws Exception {
        Path gate = Files.createFile(real.resolve("gate"));
        TaskView made = create("echo one > a; while [ -e " + gate + " ]; do sleep 0.02; done");
        await(made, "running");
        tasks.followUp(session, made.id(), say("cat a > copied"));
        StoredMessage removed = tasks.followUp(session, made.id(), say("echo bad > removed"));
        assertThat(service.messages(made.id()).stream().map(StoredMessage::sentAt))
                .containsExactly(null, null);
        assertThat(service.removeMessage(made.id(), removed.id())).isTrue();

        Files.delete(gate);
        await(made, "ready");
        assertThat(files(made)).containsExactly("a", "copied");

        tasks.followUp(session, made.id(), say("echo more > more"));
        Await.until(() -> "no second run", () -> told("exit").size() == 3);
        await(made, "ready");
        assertThat(files(made)).containsExactly("a", "copied", "more");
        assertThat(service.messages(made.id())).allMatch(message -> message.sentAt() != null);
    }

    @Test
    void filesThatWerePutAwayComeBackForAFollowUp() throws Exception {
        TaskView made = create("echo one > a; mkdir d; echo deep > d/f");
        await(made, "ready");
        assertThat(view(made).diskBytes()).isPositive();
        Files.writeString(copy(made).files().resolve("late"), "x\n".repeat(5000));
        tasks.putAway(service.find(made.id()).orElseThrow());
        assertThat(copy(made).files()).doesNotExist();
        assertThat(copy(made).home()).doesNotExist();
        assertThat(files(made)).containsExactly("a", "d/f", "late");
        assertThat(view(made).diskBytes()).isEqualTo(service.diskBytes(session)).isBetween(100L, 9_000L);

        tasks.followUp(session, made.id(), say("cat d/f >> a"));

        Await.until(() -> "no second run", () -> told("exit").size() == 2);
        await(made, "ready");
        assertThat(files(made)).containsExactly("a", "d/f", "late");
        assertThat(tasks.patches(session, made.id()).patches().get(0).patch()).contains("+deep");
        tasks.discard(session, made.id());
        assertThat(service.diskBytes(session)).isZero();
    }

    @Test
    void filesStayAsLongAsWhatIsInThemCannotBeKept() throws Exception {
        TaskView made = create("echo one > a");
        await(made, "ready");
        try (RandomAccessFile huge =
                new RandomAccessFile(copy(made).files().resolve("huge").toFile(), "rw")) {
            huge.setLength(101L << 20);
        }
        StoredTask task = service.find(made.id()).orElseThrow();

        ProblemException refusal = refusal(() -> tasks.putAway(task));

        assertThat(refusal).hasMessageContaining("huge");
        assertThat(refusal.code()).isEqualTo(ProblemCode.TOO_LARGE);
        assertThat(copy(made).files().resolve("huge")).exists();
        Files.delete(copy(made).files().resolve("huge"));
        // as if somebody had pruned what was kept
        Path objects = engine.copies()
                .open(made.id(), repo.path(), made.base())
                .files()
                .resolveSibling("git/objects");
        try (var all = Files.walk(objects)) {
            for (Path object : all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("alternates"))
                    .toList()) {
                Files.delete(object);
            }
        }
        assertThat(refusal(() -> tasks.putAway(task)).code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(copy(made).files().resolve("a")).hasContent("one");
    }

    @Test
    void theWorkOfATaskCanBeFetchedAndIsOfferedInItsRepositoryWhereThatIsWanted() throws Exception {
        TaskView quiet = create("echo one > a");
        await(quiet, "ready");
        String ref = "refs/cockpit/tasks/" + quiet.id();
        assertThat(repo.git("for-each-ref", "refs/cockpit")).isEmpty();
        repo.git("fetch", "--quiet", copy(quiet).files().resolveSibling("git").toString(), ref + ":refs/heads/fetched");
        assertThat(repo.git("show", "fetched:a")).isEqualTo("one");
        assertThat(repo.git("rev-parse", "fetched^")).isEqualTo(quiet.base());
        tasks.close();
        tasks = tasks(Databases.H2, new TaskConfig(4, 2, 5, Duration.ofDays(1), true, Duration.ofSeconds(30)));

        TaskView offered = create("echo two > a; echo new > n");

        await(offered, "ready");
        ref = "refs/cockpit/tasks/" + offered.id();
        assertThat(repo.git("show", ref + ":a")).isEqualTo("two");
        assertThat(repo.git("show", ref + ":n")).isEqualTo("new");
        assertThat(repo.git("status", "--porcelain")).isEmpty();
        assertThat(repo.git("branch", "--list")).isEqualTo("fetched\n* main");
        repo.git("fsck", "--strict");
        tasks.discard(session, offered.id());
        assertThat(repo.git("for-each-ref", "refs/cockpit")).isEmpty();
    }

    @Test
    void anAgentThatFillsTheDiskIsEndedForThat() throws Exception {
        limits = new AgentLimits(Duration.ofSeconds(60), Duration.ofSeconds(30), 1 << 20, 50, 1 << 20, 1 << 20);
        tasks = tasks(Databases.H2, new TaskConfig(4, 2, 5, Duration.ofDays(1), Duration.ofSeconds(30)));

        TaskView files = create("i=0; while :; do i=$((i+1)); echo x > f$i; done");
        TaskView bytes = create("yes | head -c 200000000 > big; sleep " + mark);
        TaskView home = create("mkdir -p \"$HOME\"; yes | head -c 200000 > b; sleep 1.5; echo done");

        assertThat(await(files, "failed").reason()).contains("made more files than it may");
        assertThat(await(bytes, "failed").reason()).contains("took more disk space than it may");
        await(home, "ready");
        assertThat(alive()).isFalse();
        assertThat(told("exit").stream().map(event -> event.fields().getString("reason")))
                .containsExactlyInAnyOrder("files", "disk", "done");
    }

    @Test
    void whatRanWhenTheServerDiedIsInterruptedKeptAndCanGoOn() throws Exception {
        TaskView made = create("echo half > a");
        await(made, "ready");
        // what the next server finds, when this one had been killed before the end
        service.move(made.id(), Phase.RUNNING, null);
        tasks.recover(service.interruptActive());
        assertThat(view(made).phase()).isEqualTo("interrupted");
        Await.until(() -> "no patches", () -> view(made).files() != null);
        assertThat(files(made)).containsExactly("a");
        assertThat(service.interruptActive()).isEmpty();
        tasks.close();

        tasks = tasks(Databases.H2, new TaskConfig(4, 2, 5, Duration.ofDays(1), Duration.ofSeconds(30)));
        tasks.followUp(session, made.id(), say("echo rest >> a"));

        await(made, "ready");
        assertThat(tasks.patches(session, made.id())
                        .patches()
                        .get(0)
                        .hunks()
                        .get(0)
                        .lines())
                .containsExactly("-a", "+half", "+rest");
    }

    @Test
    void theEndOfTheSessionAndOfTheServerEndTasks() throws Exception {
        TaskView first = create("echo begun; sleep " + mark);
        Await.until(() -> "it does not begin", () -> told("output").size() == 1);
        tasks.endSession(UUID.randomUUID());
        tasks.endSession(session);
        await(first, "cancelled");
        TaskView second = create("echo begun; sleep " + mark);
        Await.until(() -> "it does not begin", () -> told("output").size() == 2);

        tasks.close();

        assertThat(view(second).phase()).isEqualTo("interrupted");
        assertThat(alive()).isFalse();
        assertThat(refusal(() -> create("true")).code()).isEqualTo(ProblemCode.UNAVAILABLE);
    }

    @Test
    void whatCannotBeMeantIsRefused() throws Exception {
        for (NewTask wanted : List.of(
                new NewTask(null, null, null, null),
                new NewTask(" ", null, null, null),
                new NewTask("x\0", null, null, null),
                new NewTask("x", "no/such/branch", null, null),
                new NewTask("x", "--upload-pack=x", null, null),
                new NewTask("x", null, null, "no-such-agent"))) {
            assertThat(refusal(() -> tasks.create(session, "me", wanted, null)).code())
                    .as("%s", wanted)
                    .isEqualTo(ProblemCode.INVALID);
        }
        assertThat(refusal(() -> tasks.create(session, "me", new NewTask("rm -rf /", null, null, "command"), null))
                        .code())
                .isEqualTo(ProblemCode.COMMAND_NOT_ALLOWED);
        TaskView made = create("true");
        assertThat(refusal(() -> tasks.require(UUID.randomUUID(), made.id())).code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        await(made, "ready");
        assertThat(tasks.patches(session, made.id()).patches()).isEmpty();
        TaskView running = create("sleep " + mark);
        await(running, "running");
        assertThat(refusal(() -> tasks.undo(session, running.id())).code()).isEqualTo(ProblemCode.CONFLICT);
        assertThat(refusal(() -> tasks.discard(session, running.id())).code()).isEqualTo(ProblemCode.CONFLICT);
    }

    private Tasks tasks(Databases database, TaskConfig config) {
        service = new TaskRecords(database);
        Agents agents = RealAgents.scripted(real.resolve("home"), Isolation.NONE, limits, Map.of());
        return new Tasks(
                config,
                threads,
                service,
                new Tasks.Rooms(
                        any -> repo.path(),
                        engine.copies(),
                        engine.branches(),
                        PatchRecords.patches(engine.branches()),
                        agents),
                new TaskNews(events::add));
    }

    private TaskView create(String script) {
        return tasks.create(session, "me", new NewTask(script, null, null, null), null);
    }

    private static NewMessage say(String content) {
        return new NewMessage(content, null, null);
    }

    private WorkingCopy copy(TaskView task) {
        return engine.copies().open(task.id(), repo.path(), task.base());
    }

    private TaskView view(TaskView task) {
        return tasks.view(tasks.require(session, task.id()));
    }

    private TaskView await(TaskView task, String phase) throws Exception {
        Await.until(() -> "it is " + view(task), () -> view(task).phase().equals(phase));
        return view(task);
    }

    private List<String> files(TaskView task) {
        return tasks.patches(session, task.id()).patches().stream()
                .map(PatchesView.OfferedPatch::file)
                .toList();
    }

    private List<SessionEvent> told(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    private boolean alive() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep " + mark));
    }

    private static ProblemException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call);
    }
}
