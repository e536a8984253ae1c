package dev.cockpitcoder.task;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.agent.AgentProfile;
import dev.cockpitcoder.agent.AgentRun;
import dev.cockpitcoder.agent.Question;
import dev.cockpitcoder.agent.RunEnd;
import dev.cockpitcoder.agent.ToolCall;
import dev.cockpitcoder.agent.Turn;
import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.workspace.DiskUse;
import dev.cockpitcoder.workspace.WorkingCopy;

/** Has the agent do one thing that it is asked, and takes the patches. */
final class TaskRunner {
    private static final Logger LOG = Logger.getLogger(TaskRunner.class.getName());

    /**
     * What became of it.
     *
     * @param reason null when there is nothing to say
     * @param sentence for people
     */
    record Outcome(Phase phase, String reason, String sentence) {
        static Outcome nothingAsked() {
            return new Outcome(Phase.READY, null, "Nothing is asked any more");
        }

        static Outcome failed(String reason) {
            return new Outcome(Phase.FAILED, reason, "The task failed: " + reason);
        }
    }

    private final WorkerThreads threads;
    private final TaskService service;
    private final Tasks.Rooms rooms;
    private final TaskNews news;
    private final OpenQuestions questions;
    private final boolean offersRefs;

    TaskRunner(
            TaskConfig config,
            WorkerThreads threads,
            TaskService service,
            Tasks.Rooms rooms,
            TaskNews news,
            OpenQuestions questions) {
        this.offersRefs = config.offersRefs();
        this.threads = threads;
        this.service = service;
        this.rooms = rooms;
        this.news = news;
        this.questions = questions;
    }

    /** On a thread that lasts as long as the agent: under bubblewrap its processes die with the thread that started them. */
    Outcome turn(Job job, String instruction) {
        StoredTask task = job.task();
        try {
            tell(task, Phase.PREPARING, "The working copy is being prepared");
            WorkingCopy copy = prepare(task);
            RunEnd end = run(job, instruction, copy);
            if (end != null) {
                news.exit(task, end);
            }
            return outcome(task, job.ending(), end, take(task, copy, end));
        } catch (ProblemException e) {
            return failed(task, e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Task " + task.id() + " failed");
            return failed(task, "The agent could not be run; the log of the server says why.", e);
        }
    }

    /**
     * What has changed, for people.
     *
     * @throws ProblemException TOO_LARGE or UNAVAILABLE when that cannot be taken, and nothing worse has ended the run
     */
    private String take(StoredTask task, WorkingCopy copy, RunEnd end) {
        try {
            int files = rooms.patches().take(task.id(), copy);
            news.patches(task, files);
            offer(task, copy);
            return TaskNews.changed(files) + (files > 0 && isDone(end) ? ": ready for review" : "");
        } catch (ProblemException e) {
            if (isDone(end)) {
                throw e;
            }
            return e.getMessage();
        } finally {
            measured(task, rooms.copies().diskUse(task.id()));
        }
    }

    private static boolean isDone(RunEnd end) {
        return end != null && end.reason() == RunEnd.Reason.DONE;
    }

    private void offer(StoredTask task, WorkingCopy copy) {
        if (!offersRefs) {
            return;
        }
        try {
            rooms.branches().offer(copy);
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, e, () -> "The work of task " + task.id() + " cannot be offered in its repository");
        }
    }

    /** For people to know: no reason for a task to fail. */
    private void measured(StoredTask task, DiskUse use) {
        try {
            service.takes(task.id(), use.bytes());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "What task " + task.id() + " takes of the disk cannot be stored");
        }
    }

    private WorkingCopy prepare(StoredTask task) {
        Path repository = rooms.repositories().of(task.sessionId());
        return rooms.copies().exists(task.id())
                ? rooms.copies().restore(task.id(), repository, task.baseCommit())
                : rooms.copies().create(task.id(), repository, task.baseCommit());
    }

    /** @return null when it was ended before it began */
    private RunEnd run(Job job, String instruction, WorkingCopy copy) throws IOException {
        StoredTask task = job.task();
        AgentProfile agent = rooms.agents().require(task.agent());
        Turn turn = new Turn(instruction, task.context(), copy.files(), copy.home(), copy.repository());
        AgentRun run = rooms.agents().prepare(agent, turn, threads, new AgentRun.Sink() {
            @Override
            public void output(Channel channel, String text) {
                news.output(task, channel, text);
            }

            @Override
            public void tool(ToolCall call) {
                news.tool(task, call);
            }

            @Override
            public void asked(Question question) {
                questions.ask(task, question);
            }

            @Override
            public void answered(Question question, boolean allowed) {
                questions.answered(task, question, allowed);
            }
        });
        if (!job.begin(run)) {
            return null;
        }
        tell(task, Phase.RUNNING, "The agent " + agent.name() + " is working");
        CopyWatch watch = new CopyWatch(agent.limits(), threads, copy, job::end);
        measured(task, watch.begin());
        try {
            return run.run();
        } finally {
            watch.close();
            run.drain();
        }
    }

    private void tell(StoredTask task, Phase phase, String content) {
        service.move(task.id(), phase, null).ifPresent(now -> news.phase(now, content));
    }

    private Outcome failed(StoredTask task, String reason, Exception e) {
        LOG.log(Level.FINE, e, () -> "Task " + task.id() + " failed");
        news.error(task, reason);
        return Outcome.failed(reason);
    }

    /** @param end null when it was ended before it began */
    private Outcome outcome(StoredTask task, RunEnd.Reason ending, RunEnd end, String changed) {
        RunEnd.Reason reason = end == null ? ending : end.reason();
        String sentence = end == null ? "The task " + reason.words() : TaskNews.sentence(task, end);
        return switch (reason) {
            case DONE -> new Outcome(Phase.READY, null, changed);
            case CANCELLED -> new Outcome(Phase.CANCELLED, null, "The task is cancelled. " + changed);
            case INTERRUPTED -> new Outcome(Phase.INTERRUPTED, sentence + ".", sentence + ". " + changed);
            default -> {
                news.error(task, sentence);
                yield new Outcome(Phase.FAILED, sentence + ".", sentence + ". " + changed);
            }
        };
    }
}
