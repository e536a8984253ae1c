package dev.cockpitcoder.session;

import java.util.UUID;

/** Fired once a session's end is stored and its tokens are refused. Observers let go of everything they hold for it. */
public record SessionEnded(UUID sessionId, Reason reason) {
    /** Why it ended. */
    public enum Reason {
        CLOSED,
        EXPIRED
    }
}
