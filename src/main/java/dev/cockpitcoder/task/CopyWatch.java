package dev.cockpitcoder.task;

import java.time.Duration;
import java.util.function.Consumer;

import dev.cockpitcoder.agent.AgentLimits;
import dev.cockpitcoder.agent.RunEnd;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.workspace.DiskUse;
import dev.cockpitcoder.workspace.WorkingCopy;

/** Ends a run that adds too much to its copy and its home. It looks the less often, the longer a look takes. */
final class CopyWatch {
    private static final Duration OFTEN = Duration.ofMillis(500);
    /** Of one processor: what looking may take. */
    private static final int SHARE = 10;

    private final AgentLimits limits;
    private final WorkerThreads threads;
    private final WorkingCopy copy;
    private final Consumer<RunEnd.Reason> end;
    private final DiskUse before;
    private volatile boolean over;

    /** @param end may block */
    CopyWatch(AgentLimits limits, WorkerThreads threads, WorkingCopy copy, Consumer<RunEnd.Reason> end) {
        this.limits = limits;
        this.threads = threads;
        this.copy = copy;
        this.end = end;
        this.before = now();
    }

    /** Gives what there is before. */
    DiskUse begin() {
        threads.later(OFTEN, this::look);
        return before;
    }

    private DiskUse now() {
        return DiskUse.of(copy.files(), copy.home());
    }

    private void look() {
        if (over) {
            return;
        }
        long begin = System.nanoTime();
        DiskUse now = now();
        if (now.files() - before.files() > limits.files()) {
            end.accept(RunEnd.Reason.FILES);
        } else if (now.bytes() - before.bytes() > limits.diskBytes()) {
            end.accept(RunEnd.Reason.DISK);
        } else {
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            threads.later(OFTEN.plus(took.multipliedBy(SHARE)), this::look);
        }
    }

    void close() {
        over = true;
    }
}
