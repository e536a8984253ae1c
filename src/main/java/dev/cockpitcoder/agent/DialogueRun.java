package dev.cockpitcoder.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.ProcessTree;
import dev.cockpitcoder.process.Spawner;
import dev.cockpitcoder.server.WorkerThreads;

/** A run of an agent that is talked to: one process, one conversation about one instruction. */
final class DialogueRun implements AgentRun {
    private static final Logger LOG = Logger.getLogger(DialogueRun.class.getName());
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final Launch launch;
    private final WorkerThreads threads;
    private final BiFunction<OutputStream, DialogueParts, Dialogue> opening;
    private final RunLimits limits;
    private final Report report;
    private final Questions questions;
    private final DialogueParts parts;
    private final LastWords errors;
    private final CountDownLatch over = new CountDownLatch(1);
    private Dialogue dialogue;
    private ProcessTree tree;
    private RunEnd.Reason why;

    DialogueRun(
            AgentProfile profile,
            Turn turn,
            Launch launch,
            WorkerThreads threads,
            Sink sink,
            BiFunction<OutputStream, DialogueParts, Dialogue> opening) {
        this.launch = launch;
        this.threads = threads;
        this.opening = opening;
        this.limits = new RunLimits(profile.limits(), threads, this::end);
        Redaction redaction = profile.redaction();
        this.report = new Report(redaction, threads, sink, limits);
        this.questions = new Questions(profile.approvals(), sink, report, limits);
        this.parts = new DialogueParts(turn, report, questions, new LastSession(turn.home()));
        this.errors = new LastWords(redaction);
    }

    @Override
    public RunEnd run() throws IOException {
        long begin = System.nanoTime();
        if (reason() != null) {
            return new RunEnd(reason(), null, Duration.ZERO, null);
        }
        Process process = Spawner.start(launch.builder().redirectInput(ProcessBuilder.Redirect.PIPE));
        ProcessTree started = launch.startedAs(process.pid());
        Dialogue begun = opening.apply(process.getOutputStream(), parts);
        begun(started, begun);
        limits.begin();
        threads.run(() -> begun.read(process.getInputStream()));
        threads.run(() -> errors.read(process.getErrorStream()));
        // what it leaves behind may hold its output open
        process.onExit().thenRun(() -> threads.later(SOON, started::terminate));
        String failure = converse(begun);
        limits.end();
        leave(process);
        over.countDown();
        started.terminate();
        questions.close();
        report.close();
        errors.await(SOON);
        RunEnd.Reason reason =
                reason() != null ? reason() : failure == null ? RunEnd.Reason.DONE : RunEnd.Reason.FAILED;
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new RunEnd(
                reason,
                null,
                took,
                reason == RunEnd.Reason.FAILED ? report.redacted(failure) + errors.sentence() : null);
    }

    /** @return why it failed; null when it did not */
    private String converse(Dialogue begun) {
        try {
            begun.converse();
            return null;
        } catch (Dialogue.Failure e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            // the container takes its threads back
            end(RunEnd.Reason.INTERRUPTED);
            return null;
        }
    }

    /** Nothing more is asked: most agents save what they know and go by themselves. */
    private static void leave(Process process) {
        try {
            process.getOutputStream().close();
            process.waitFor(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            LOG.log(Level.FINE, "An agent does not read any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void begun(ProcessTree started, Dialogue begun) {
        boolean late;
        synchronized (this) {
            tree = started;
            dialogue = begun;
            late = why != null;
        }
        if (late) {
            started.terminate();
        }
    }

    private synchronized RunEnd.Reason reason() {
        return why;
    }

    /** Asks the agent to stop first, so that it can save what it knows. */
    @Override
    public void end(RunEnd.Reason reason) {
        ProcessTree running;
        Dialogue talk;
        synchronized (this) {
            why = why == null ? reason : why;
            running = tree;
            talk = dialogue;
        }
        if (running == null) {
            return;
        }
        questions.close();
        talk.cancel();
        try {
            over.await(CANCEL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.terminate();
    }

    @Override
    public void drain() {
        report.drain();
    }
}
