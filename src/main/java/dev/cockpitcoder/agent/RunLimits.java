package dev.cockpitcoder.agent;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.cockpitcoder.server.WorkerThreads;

/** Ends a run that takes too long, is silent for too long, or writes too much. Time in which a user is asked is not silence. */
final class RunLimits {
    private final AgentLimits limits;
    private final WorkerThreads threads;
    private final Consumer<RunEnd.Reason> end;
    private final AtomicLong written = new AtomicLong();
    private volatile long wroteAt = System.nanoTime();
    private volatile boolean paused;
    private volatile boolean over;
    private volatile Future<?> wall;

    /** @param end may block */
    RunLimits(AgentLimits limits, WorkerThreads threads, Consumer<RunEnd.Reason> end) {
        this.limits = limits;
        this.threads = threads;
        this.end = end;
    }

    void begin() {
        wroteAt = System.nanoTime();
        wall = threads.later(limits.wall(), () -> end.accept(RunEnd.Reason.WALL_TIME));
        watchIdle(limits.idle());
    }

    void end() {
        over = true;
        wall.cancel(false);
    }

    void wrote(int count) {
        wroteAt = System.nanoTime();
        if (written.addAndGet(count) > limits.outputBytes() && !over) {
            threads.run(() -> end.accept(RunEnd.Reason.OUTPUT));
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        wroteAt = System.nanoTime();
        paused = false;
    }

    private void watchIdle(Duration wait) {
        threads.later(wait, () -> {
            Duration left = paused ? limits.idle() : limits.idle().minusNanos(System.nanoTime() - wroteAt);
            if (over) {
                return;
            }
            if (left.isNegative() || left.isZero()) {
                end.accept(RunEnd.Reason.IDLE_TIME);
            } else {
                watchIdle(left.plusMillis(1));
            }
        });
    }
}
