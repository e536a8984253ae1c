package dev.cockpitcoder.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for many short tasks, of which any may block: sends. A few threads do the work, because to wake another one costs as much
 * as such a task; while those make no progress, one is added every {@link #LOOK_EVERY}.
 */
public final class SenderThreads implements Executor, AutoCloseable {
    private static final int FEW = 1 + Runtime.getRuntime().availableProcessors();
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final WorkerThreads clock;
    private final int few;
    private final ThreadPoolExecutor senders;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long doneBefore;

    /**
     * @param clock of the same room
     * @param most how many tasks may block before the others have to wait for them
     */
    public SenderThreads(String room, ThreadFactory factory, int most, WorkerThreads clock) {
        AtomicInteger number = new AtomicInteger();
        this.clock = clock;
        this.few = Math.min(FEW, most);
        this.senders = new ThreadPoolExecutor(
                few, most, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = factory.newThread(task);
                    thread.setName(room + "-sender-" + number.incrementAndGet());
                    return thread;
                });
        this.senders.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        this.senders.allowCoreThreadTimeOut(true);
    }

    /** Runs it soon, in order, never in the calling thread; after the close it is dropped. */
    @Override
    public void execute(Runnable task) {
        senders.execute(task);
        watch();
    }

    @Override
    public void close() {
        senders.shutdownNow();
    }

    private void watch() {
        if (!looking.get() && looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private void lookLater() {
        doneBefore = senders.getCompletedTaskCount();
        clock.later(LOOK_EVERY, this::look);
    }

    private void look() {
        if (senders.getQueue().isEmpty()) {
            looking.set(false);
            senders.setCorePoolSize(few);
            if (!senders.getQueue().isEmpty()) {
                // came up meanwhile
                watch();
            }
            return;
        }
        int more = senders.getPoolSize() + 1;
        if (senders.getCompletedTaskCount() == doneBefore && more <= senders.getMaximumPoolSize()) {
            senders.setCorePoolSize(more);
        }
        lookLater();
    }
}
