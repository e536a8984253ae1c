package dev.cockpitcoder.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A room's threads, named after it and made by the container's factory: workers that exist only while there is work, and one
 * clock.
 *
 * <p>The container's own executor is no use here: it has no core threads and an unbounded queue, which makes it one thread.
 */
public final class WorkerThreads implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration TRY_AGAIN = Duration.ofMillis(50);

    private final String room;
    private final ThreadFactory factory;
    private final AtomicInteger workerNumber = new AtomicInteger();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    /** @param maxWorkers how many tasks run at once */
    public WorkerThreads(String room, ThreadFactory factory, int maxWorkers) {
        this.room = room;
        this.factory = factory;
        this.workers = new ThreadPoolExecutor(
                0,
                maxWorkers,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                task -> named("worker-" + workerNumber.incrementAndGet(), task));
        this.clock = new ScheduledThreadPoolExecutor(1, task -> named("clock", task));
        this.clock.setRemoveOnCancelPolicy(true);
        this.clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A thread of its own, for something that blocks in native code as long as it lives. */
    public void start(String name, Runnable task) {
        named(name, task).start();
    }

    /** Runs it soon, never in the calling thread. When every worker is busy it waits its turn; after the close it is dropped. */
    public void run(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException busy) {
            later(TRY_AGAIN, task);
        }
    }

    /** Runs it on a worker after a time; never, when the close comes first. */
    public Future<?> later(Duration delay, Runnable task) {
        try {
            return clock.schedule(() -> run(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs it on a worker again and again; it must not throw. */
    public void every(Duration period, Runnable task) {
        clock.scheduleWithFixedDelay(() -> run(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
    }

    private Thread named(String name, Runnable task) {
        Thread thread = factory.newThread(task);
        thread.setName(room + "-" + name);
        return thread;
    }
}
