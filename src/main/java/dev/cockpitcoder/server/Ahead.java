package dev.cockpitcoder.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * One step of the start, done once: begun early beside the deployment, which has one thread, and waited for where its result
 * is needed. Any thread may call either method, any number of times.
 */
public final class Ahead<T> {
    private final String name;
    private final FutureTask<T> step;

    /** @param name of the thread */
    public Ahead(String name, Supplier<T> step) {
        this.name = name;
        this.step = new FutureTask<>(step::get);
    }

    /** Begins the step on a thread of its own. */
    public void begin() {
        Thread thread = new Thread(step, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What the step gave; it runs here when it was not begun. Throws what the step threw. */
    public T get() {
        step.run();
        try {
            return step.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }
}
