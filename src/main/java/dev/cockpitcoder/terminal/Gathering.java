package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets frames grow while output streams. A PTY gives 4 KiB at a time, and a frame for each costs more than its bytes: whoever sends
 * one frame shortly after another rests until there is enough for a large one, or a moment has passed. The first frame after
 * a silence is never held back.
 */
final class Gathering {
    /** A frame that is large enough, in bytes. */
    static final int ENOUGH = 32 * 1024;

    private static final long STREAMING_NANOS = Duration.ofMillis(1).toNanos();
    private static final long REST_NANOS = Duration.ofMillis(1).toNanos() / 2;

    private volatile Thread resting;
    private long sentAt = System.nanoTime() - STREAMING_NANOS;

    /**
     * For the sender, after a frame of output.
     *
     * @param pending how many bytes wait to be sent
     */
    void rest(LongSupplier pending) {
        if (System.nanoTime() - sentAt < STREAMING_NANOS && pending.getAsLong() < ENOUGH) {
            resting = Thread.currentThread();
            // looked at again: from here on the reader wakes who rests
            if (pending.getAsLong() < ENOUGH) {
                LockSupport.parkNanos(REST_NANOS);
            }
            resting = null;
        }
        sentAt = System.nanoTime();
    }

    /**
     * For the reader, after output came.
     *
     * @return false when nobody rests: the sender has to be woken
     */
    boolean grown(LongSupplier pending) {
        Thread sender = resting;
        if (sender != null && pending.getAsLong() >= ENOUGH) {
            LockSupport.unpark(sender);
        }
        return sender != null;
    }
}
