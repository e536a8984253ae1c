package dev.cockpitcoder.server;

import java.util.ArrayDeque;
import java.util.Queue;

/** Work that can wait: one piece after the other, so that however much there is it takes one thread at most. */
public final class TurnTaking {
    private final WorkerThreads threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    public TurnTaking(WorkerThreads threads) {
        this.threads = threads;
    }

    /** Runs it when it has its turn; it must not throw. Does not block. */
    public synchronized void run(Runnable task) {
        waiting.add(task);
        if (!working) {
            working = true;
            threads.run(this::work);
        }
    }

    private void work() {
        for (Runnable task; (task = next()) != null; ) {
            task.run();
        }
    }

    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        working = next != null;
        return next;
    }
}
