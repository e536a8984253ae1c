package dev.cockpitcoder.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what will be, with a deadline. */
public final class Await {
    public static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private Await() {}

    public static void until(Callable<String> what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not happen within " + LIMIT + ": " + what.call());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
