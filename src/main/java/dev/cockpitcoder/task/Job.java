package dev.cockpitcoder.task;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.cockpitcoder.agent.AgentRun;
import dev.cockpitcoder.agent.RunEnd;

/** A task that waits for its turn, or has it. */
final class Job {
    private final StoredTask task;
    private final String instruction;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private AgentRun run;
    private RunEnd.Reason ending;

    /** @param instruction null when the messages that wait say what is asked */
    Job(StoredTask task, String instruction) {
        this.task = task;
        this.instruction = instruction;
    }

    UUID id() {
        return task.id();
    }

    StoredTask task() {
        return task;
    }

    Path repository() {
        return task.repo();
    }

    String instruction() {
        return instruction;
    }

    /** Completed when no process of it lives and its last phase is stored. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** @return false when it is to end: the run must not be started then */
    synchronized boolean begin(AgentRun begun) {
        run = begun;
        return ending == null;
    }

    /** Null as long as it may go on. */
    synchronized RunEnd.Reason ending() {
        return ending;
    }

    /** Ends its processes and waits for that. Only the first reason counts. */
    void end(RunEnd.Reason why) {
        AgentRun running;
        synchronized (this) {
            ending = ending == null ? why : ending;
            running = run;
        }
        if (running != null) {
            running.end(why);
        }
    }
}
