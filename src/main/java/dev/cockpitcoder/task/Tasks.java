package dev.cockpitcoder.task;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.agent.AgentProfile;
import dev.cockpitcoder.agent.Agents;
import dev.cockpitcoder.agent.RunEnd;
import dev.cockpitcoder.patch.AppliedView;
import dev.cockpitcoder.patch.NewApply;
import dev.cockpitcoder.patch.Patches;
import dev.cockpitcoder.patch.PatchesView;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.workspace.BranchTip;
import dev.cockpitcoder.workspace.Branches;
import dev.cockpitcoder.workspace.WorkingCopies;
import dev.cockpitcoder.workspace.WorkingCopy;

/**
 * Takes tasks, runs them in their order, and holds those that run. Free of the container. Phases change under its lock, so that of
 * an end, a cancellation and a follow-up at the same time one comes first.
 */
final class Tasks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Tasks.class.getName());
    private static final int END_SECONDS = 15;
    private static final int MAX_MESSAGES = 20;
    private static final Duration STORE_AGAIN = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 10;

    /** Where a session works. Throws {@link ProblemException} NOT_FOUND when the session has ended. */
    interface Repositories {
        Path of(UUID sessionId);
    }

    /** The rooms that do the work. */
    record Rooms(Repositories repositories, WorkingCopies copies, Branches branches, Patches patches, Agents agents) {}

    private final TaskConfig config;
    private final WorkerThreads threads;
    private final TaskService service;
    private final Rooms rooms;
    private final TaskNews news;
    private final TaskRunner runner;
    private final TaskQueue queue;
    private final OpenQuestions questions;
    private boolean closed;

    Tasks(TaskConfig config, WorkerThreads threads, TaskService service, Rooms rooms, TaskNews news) {
        this.config = config;
        this.threads = threads;
        this.service = service;
        this.rooms = rooms;
        this.news = news;
        this.queue = new TaskQueue(config);
        this.questions = new OpenQuestions(service, threads, news, config.patience());
        this.runner = new TaskRunner(config, threads, service, rooms, news, questions);
    }

    /**
     * Takes a task; with a key that was used in this session, finds the one that was made then.
     *
     * @param key null for none
     * @throws ProblemException INVALID, COMMAND_NOT_ALLOWED, NOT_FOUND, TOO_MANY or UNAVAILABLE
     */
    TaskView create(UUID sessionId, String owner, NewTask wanted, String key) {
        if (wanted == null) {
            throw new ProblemException(ProblemCode.INVALID, "instruction is needed.");
        }
        NewTask.requireText("instruction", wanted.instruction());
        Path repository = rooms.repositories().of(sessionId);
        Agents.Choice choice = rooms.agents().choose(wanted.agent());
        AgentProfile agent = choice.profile();
        rooms.agents().check(agent, wanted.instruction(), repository);
        String branch = wanted.branch() == null || wanted.branch().isBlank() ? null : wanted.branch();
        BranchTip tip = rooms.branches().tip(repository, branch);
        synchronized (this) {
            Optional<StoredTask> earlier = key == null ? Optional.empty() : service.byKey(sessionId, key);
            if (earlier.isPresent()) {
                if (!earlier.get().sameRequest(wanted)) {
                    throw new ProblemException(
                            ProblemCode.INVALID, "This Idempotency-Key was used for another task; use a new one.");
                }
                return view(earlier.get());
            }
            requireRoom();
            StoredTask task = new StoredTask(sessionId, owner, repository, key, wanted, agent.name(), tip);
            service.add(task);
            news.phase(task, "Task for " + told(choice) + ": " + shortened(wanted.instruction()));
            queue.add(new Job(task, task.instruction()));
            pump();
            return view(task);
        }
    }

    private static String told(Agents.Choice choice) {
        String name = choice.profile().name();
        return choice.insteadOf()
                .map(other -> name + ", as " + other + " is not installed here")
                .orElse(name);
    }

    private void requireRoom() {
        if (closed) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.");
        }
        if (queue.isFull()) {
            throw ProblemException.tooMany("As many tasks wait as may: try again later.", RETRY_AFTER_SECONDS);
        }
    }

    private synchronized void pump() {
        if (!closed) {
            queue.next().forEach(job -> threads.start("run-" + job.id(), () -> work(job)));
        }
    }

    private void work(Job job) {
        TaskRunner.Outcome outcome;
        try {
            outcome = turns(job);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Task " + job.id() + " failed");
            outcome = TaskRunner.Outcome.failed("The log of the server says why.");
        }
        finish(job, outcome);
    }

    private TaskRunner.Outcome turns(Job job) {
        Optional<String> asked = Optional.ofNullable(job.instruction()).or(() -> nextMessage(job));
        TaskRunner.Outcome outcome = TaskRunner.Outcome.nothingAsked();
        while (asked.isPresent()) {
            outcome = runner.turn(job, asked.get());
            asked = next(job, outcome);
        }
        return outcome;
    }

    private Optional<String> nextMessage(Job job) {
        Optional<StoredMessage> next = service.takeMessage(job.id());
        next.ifPresent(message -> service.find(job.id())
                .ifPresent(task -> news.message(task, message, "The agent reads: " + shortened(message.content()))));
        return next.map(StoredMessage::content);
    }

    /** A message that came meanwhile is taken up at once; who stopped the agent, or sees it fail, is asked first. */
    private Optional<String> next(Job job, TaskRunner.Outcome outcome) {
        return outcome.phase() == Phase.READY && job.ending() == null ? nextMessage(job) : Optional.empty();
    }

    /** Tried until it can be stored: the task keeps its place meanwhile. */
    private void finish(Job job, TaskRunner.Outcome outcome) {
        try {
            store(job, outcome);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "The end of task " + job.id() + " cannot be stored yet");
            threads.later(STORE_AGAIN, () -> finish(job, outcome));
            return;
        }
        job.done().complete(null);
        pump();
    }

    private synchronized void store(Job job, TaskRunner.Outcome outcome) {
        boolean more = outcome.phase() == Phase.READY
                && job.ending() == null
                && service.messages(job.id()).stream().anyMatch(message -> message.sentAt() == null);
        if (more && !closed) {
            // it came after the last look
            move(job.task(), Phase.QUEUED, null);
            queue.add(new Job(job.task(), null));
        } else {
            move(job.task(), outcome.phase(), outcome.reason()).ifPresent(task -> news.phase(task, outcome.sentence()));
        }
        queue.ended(job);
    }

    private Optional<StoredTask> move(StoredTask task, Phase to, String reason) {
        return service.move(task.id(), to, reason);
    }

    /** @throws ProblemException NOT_FOUND, also for a task of another session */
    StoredTask require(UUID sessionId, UUID id) {
        return service.find(id)
                .filter(task -> task.sessionId().equals(sessionId))
                .orElseThrow(() -> ProblemException.notFound("There is no such task in this session."));
    }

    synchronized TaskView view(StoredTask task) {
        return TaskView.of(
                task,
                queue.position(task.id()),
                rooms.patches().count(task.id()).orElse(null));
    }

    /** Ends it if it waits or runs, and waits until none of its processes lives. */
    TaskView cancel(UUID sessionId, UUID id) {
        require(sessionId, id);
        end(id, RunEnd.Reason.CANCELLED).ifPresent(Tasks::await);
        return view(require(sessionId, id));
    }

    private Optional<CompletableFuture<Void>> end(UUID id, RunEnd.Reason why) {
        Optional<Job> running;
        synchronized (this) {
            queue.withdraw(id).ifPresent(job -> {
                Phase phase = why == RunEnd.Reason.CANCELLED ? Phase.CANCELLED : Phase.INTERRUPTED;
                move(job.task(), phase, "It had not begun.")
                        .ifPresent(task -> news.phase(task, "The task " + why.words() + " before it began"));
                job.done().complete(null);
            });
            running = queue.running(id);
        }
        running.ifPresent(job -> job.end(why));
        return running.map(Job::done);
    }

    private static void await(CompletableFuture<Void> done) {
        try {
            done.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "A task does not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks the agent further, in the same working copy: now, or when it is done with what it was asked before.
     *
     * @throws ProblemException INVALID, NOT_FOUND, CONFLICT or TOO_MANY
     */
    StoredMessage followUp(UUID sessionId, UUID id, NewMessage wanted) {
        StoredTask found = require(sessionId, id);
        String content = content(found, wanted);
        AgentProfile agent = rooms.agents().require(found.agent());
        rooms.agents().check(agent, content, found.repo());
        synchronized (this) {
            StoredTask task = require(sessionId, id);
            requireKept(task);
            long waiting = service.messages(id).stream()
                    .filter(message -> message.sentAt() == null)
                    .count();
            if (waiting >= MAX_MESSAGES) {
                throw ProblemException.tooMany("So many messages wait for this task: remove one.", RETRY_AFTER_SECONDS);
            }
            if (!task.phase().active()) {
                requireRoom();
            }
            StoredMessage message = service.addMessage(id, content);
            if (task.phase().active()) {
                news.message(task, message, "The message waits until the agent is done");
            } else {
                StoredTask queued = move(task, Phase.QUEUED, null).orElse(task);
                news.phase(queued, "Follow-up for " + task.agent() + ": " + shortened(content));
                queue.add(new Job(queued, null));
                pump();
            }
            return message;
        }
    }

    private String content(StoredTask task, NewMessage wanted) {
        if (wanted == null || !wanted.hasComments()) {
            return NewTask.requireText("content", wanted == null ? null : wanted.content());
        }
        requireKept(task);
        String comments = rooms.patches().commented(task.id(), () -> copy(task), wanted.comments(), wanted.revision());
        String words = wanted.content() == null ? "" : wanted.content().strip();
        return NewTask.requireText("content with its comments", words.isEmpty() ? comments : words + "\n\n" + comments);
    }

    private static void requireKept(StoredTask task) {
        if (task.phase() == Phase.DISCARDED) {
            throw new ProblemException(ProblemCode.CONFLICT, "This task is discarded: make a new one.");
        }
    }

    /**
     * Answers what an agent asked, once.
     *
     * @throws ProblemException NOT_FOUND, CONFLICT when it was answered before
     */
    void answer(UUID sessionId, UUID questionId, boolean allowed) {
        questions.answer(sessionId, questionId, allowed);
    }

    PatchesView patches(UUID sessionId, UUID id) {
        StoredTask task = require(sessionId, id);
        return rooms.patches().read(id, () -> copy(task));
    }

    /** @param key null for none */
    AppliedView apply(UUID sessionId, UUID id, NewApply wanted, String key) {
        StoredTask task = requireResting(sessionId, id);
        return rooms.patches().apply(id, copy(task), task.branch(), wanted, key, task.owner(), applied -> moveResting(
                        id, Phase.APPLIED)
                .ifPresent(now -> news.applied(now, applied, "Applied to")));
    }

    AppliedView undo(UUID sessionId, UUID id) {
        StoredTask task = requireResting(sessionId, id);
        AppliedView undone = rooms.patches().undo(id, copy(task), task.owner());
        Phase phase = rooms.patches().isApplied(id) ? Phase.APPLIED : Phase.READY;
        moveResting(id, phase).ifPresent(now -> news.applied(now, undone, "Undone on"));
        return undone;
    }

    /** Deletes its working copy; what was applied stays applied. */
    TaskView discard(UUID sessionId, UUID id) {
        synchronized (this) {
            StoredTask task = requireResting(sessionId, id);
            withdraw(task);
            rooms.copies().delete(id);
            service.takes(id, 0);
            StoredTask discarded = move(task, Phase.DISCARDED, null).orElse(task);
            news.phase(discarded, "The task is discarded");
            return view(discarded);
        }
    }

    private void withdraw(StoredTask task) {
        if (config.offersRefs() && rooms.copies().exists(task.id())) {
            try {
                rooms.branches().withdraw(copy(task));
            } catch (ProblemException e) {
                LOG.log(Level.WARNING, e, () -> "The work of task " + task.id() + " stays in its repository");
            }
        }
    }

    /**
     * Deletes the files of a task that rests, once what is in them is kept. When that cannot be, they stay.
     *
     * @throws ProblemException TOO_LARGE or UNAVAILABLE
     */
    void putAway(StoredTask task) {
        if (!rooms.copies().hasFiles(task.id())) {
            return;
        }
        WorkingCopy copy = rooms.copies().open(task.id(), task.repo(), task.baseCommit());
        String taken = rooms.patches().retake(task.id(), copy).tree();
        Runnable delete;
        synchronized (this) {
            boolean rests = service.find(task.id())
                    .filter(now -> !now.phase().active() && now.phase() != Phase.DISCARDED)
                    .isPresent();
            if (!rests || !copy.isKept(taken)) {
                return;
            }
            delete = rooms.copies().putAway(task.id());
        }
        delete.run();
        service.takes(task.id(), rooms.copies().diskUse(task.id()).bytes());
    }

    private StoredTask requireResting(UUID sessionId, UUID id) {
        StoredTask task = require(sessionId, id);
        requireKept(task);
        if (task.phase().active()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "The agent is not done with this task: wait for it, or cancel it.");
        }
        return task;
    }

    /** A follow-up may have begun meanwhile: its phase counts. */
    private synchronized Optional<StoredTask> moveResting(UUID id, Phase to) {
        Optional<StoredTask> now = service.find(id);
        return now.isPresent() && now.get().phase().active() ? now : service.move(id, to, null);
    }

    private WorkingCopy copy(StoredTask task) {
        return rooms.copies().open(task.id(), rooms.repositories().of(task.sessionId()), task.baseCommit());
    }

    /** Takes the patches of what a dead server left, so that they can be applied, and a follow-up can go on. */
    void recover(List<StoredTask> interrupted) {
        for (StoredTask task : interrupted) {
            news.phase(task, "The task was interrupted by the stop of the server");
            if (rooms.copies().exists(task.id())) {
                // before anybody can ask for more
                endLeft(task);
                threads.run(() -> keep(task));
            }
        }
    }

    private void endLeft(StoredTask task) {
        WorkingCopy copy = rooms.copies().open(task.id(), task.repo(), task.baseCommit());
        if (!rooms.agents().endLeft(copy.files())) {
            LOG.severe(() -> "The agent of interrupted task " + task.id() + " cannot be ended");
        }
    }

    private void keep(StoredTask task) {
        try {
            WorkingCopy copy = rooms.copies().restore(task.id(), task.repo(), task.baseCommit());
            news.patches(task, rooms.patches().take(task.id(), copy));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "What interrupted task " + task.id() + " had done cannot be read");
        }
    }

    synchronized int running() {
        return queue.runningCount();
    }

    /** Cancels everything of a session, without waiting. */
    void endSession(UUID sessionId) {
        all().stream()
                .filter(job -> job.task().sessionId().equals(sessionId))
                .forEach(job -> threads.run(() -> end(job.id(), RunEnd.Reason.CANCELLED)));
    }

    private synchronized List<Job> all() {
        return queue.all();
    }

    /** Ends everything, in parallel, and waits for it. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        List<Job> last = all();
        last.forEach(job -> threads.run(() -> end(job.id(), RunEnd.Reason.INTERRUPTED)));
        await(CompletableFuture.allOf(last.stream().map(Job::done).toArray(CompletableFuture[]::new)));
    }

    static String shortened(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
