package dev.cockpitcoder.session;

import java.time.Instant;
import java.util.UUID;

/** A session as clients see it. {@code id} and {@code sessionId} are the same: existing clients read the one or the other. */
public record SessionView(
        UUID id, UUID sessionId, String repo, String label, String via, Instant createdAt, Instant expiresAt) {
    static SessionView of(CodingSession session) {
        return new SessionView(
                session.id(),
                session.id(),
                session.repo().toString(),
                session.label(),
                session.via(),
                session.createdAt(),
                session.expiresAt());
    }
}
