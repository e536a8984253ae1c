package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the client of a connection is still there. Who is quiet is asked, by a ping of RFC 6455; who does not answer is gone. An
 * answer comes after what was sent before the question: so the patience grows with that. Safe for several threads.
 */
final class Liveness {
    /** A quiet client is asked, and spoken to, this often. */
    static final Duration BEAT = Duration.ofSeconds(3);

    private static final long PATIENCE_NANOS = Duration.ofSeconds(8).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final long slowestBytesPerSecond;
    private final AtomicLong sentSinceHeard = new AtomicLong();
    private volatile long heardAt = System.nanoTime();
    private volatile boolean handling;

    /** @param slowestBytesPerSecond how slow a link may be that is full of output */
    Liveness(long slowestBytesPerSecond) {
        this.slowestBytesPerSecond = slowestBytesPerSecond;
    }

    void heard() {
        sentSinceHeard.set(0);
        heardAt = System.nanoTime();
    }

    /** A frame came. As long as it is handled nothing more can be heard. */
    void handle(Runnable frame) {
        handling = true;
        try {
            frame.run();
        } finally {
            heard();
            handling = false;
        }
    }

    void sent(int bytes) {
        sentSinceHeard.addAndGet(bytes);
    }

    boolean isQuiet() {
        return silence() >= BEAT.toNanos();
    }

    boolean isGone() {
        long patience = PATIENCE_NANOS + sentSinceHeard.get() * SECOND_NANOS / slowestBytesPerSecond;
        return !handling && silence() > patience;
    }

    private long silence() {
        return System.nanoTime() - heardAt;
    }
}
