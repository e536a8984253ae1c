package dev.cockpitcoder.server;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

    private final String room;
    private final ThreadFactory factory;
    private final AtomicInteger workerNumber = new AtomicInteger();
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;

    /** @param maxWorkers how many tasks run at once */
    public WorkerThreads(String room, ThreadFactory factory, int maxWorkers) {
        this.room = room;
        this.factory = factory;
        WaitingTasks waiting = new WaitingTasks();
        this.workers = new ThreadPoolExecutor(
                0,
                maxWorkers,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                waiting,
                task -> named("worker-" + workerNumber.incrementAndGet(), task),
                (task, pool) -> {
                    if (!pool.isShutdown()) {
                        waiting.put(task);
                    }
                });
        this.clock = new ScheduledThreadPoolExecutor(1, task -> named("clock", task));
        this.clock.setRemoveOnCancelPolicy(true);
        this.clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Takes a task only when a worker is idle, so that the pool grows first, and holds in order what found no worker. */
    private static final class WaitingTasks extends LinkedTransferQueue<Runnable> {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    /** A thread of its own, for something that blocks in native code as long as it lives. */
    public void start(String name, Runnable task) {
        named(name, task).start();
    }

    /** Runs it soon, never in the calling thread. When every worker is busy it waits its turn; after the close it is dropped. */
    public void run(Runnable task) {
        workers.execute(task);
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
