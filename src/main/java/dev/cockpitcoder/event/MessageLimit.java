package dev.cockpitcoder.event;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How fast clients may talk: a session's clients together, so many messages at once, and then so many a second. */
final class MessageLimit {
    static final int AT_ONCE = 20;
    static final int PER_SECOND = 5;
    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    /** When, at the steady pace, every message so far would have been said (GCRA). */
    private final Map<UUID, Long> paidUntil = new ConcurrentHashMap<>();

    /** @param nanos of {@link System#nanoTime} */
    boolean allows(UUID sessionId, long nanos) {
        boolean[] allowed = new boolean[1];
        paidUntil.compute(sessionId, (id, known) -> {
            long until = known == null || known - nanos < 0 ? nanos : known;
            allowed[0] = until - nanos <= (AT_ONCE - 1) * NANOS_EACH;
            return allowed[0] ? until + NANOS_EACH : until;
        });
        return allowed[0];
    }

    void forget(UUID sessionId) {
        paidUntil.remove(sessionId);
    }
}
