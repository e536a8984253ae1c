package dev.cockpitcoder.session;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A client begins to hear a session's events and does not say what it has seen. Fired as a CDI event: a room that waits for an answer of
 * clients says since when, so that this one can give it, too.
 */
public final class ClientJoined {
    private final UUID sessionId;
    private Instant since;

    public ClientJoined(UUID sessionId) {
        this.sessionId = sessionId;
    }

    public UUID sessionId() {
        return sessionId;
    }

    /** It is to hear what was told then, and what came after. */
    public synchronized void hearsSince(Instant asked) {
        since = since == null || asked.isBefore(since) ? asked : since;
    }

    /** Empty: only what is new. */
    public synchronized Optional<Instant> since() {
        return Optional.ofNullable(since);
    }
}
