package dev.cockpitcoder.session;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A repository, its owner and a lifetime. It owns its transitions: it is live until it is ended, once. */
@Entity
@Table(name = "coding_session")
@NamedQuery(
        name = "CodingSession.liveOf",
        query = "SELECT s FROM CodingSession s WHERE s.owner = :owner AND s.endedAt IS NULL AND s.expiresAt > :now "
                + "ORDER BY s.createdAt DESC, s.id")
@NamedQuery(
        name = "CodingSession.expired",
        query = "SELECT s FROM CodingSession s WHERE s.endedAt IS NULL AND s.expiresAt <= :now")
@NamedQuery(
        name = "CodingSession.purge",
        query = "DELETE FROM CodingSession s WHERE s.endedAt IS NOT NULL AND s.endedAt < :before")
public class CodingSession {
    @Id
    private String id;

    private String owner;
    private String repo;
    private String label;
    private String via;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "end_reason")
    private String endReason;

    protected CodingSession() {}

    CodingSession(String owner, Path repo, String label, String via, Instant createdAt, Instant expiresAt) {
        this.id = UUID.randomUUID().toString();
        this.owner = owner;
        this.repo = repo.toString();
        this.label = label;
        this.via = via;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    boolean isLive(Instant now) {
        return endedAt == null && now.isBefore(expiresAt);
    }

    /** Never shortens it. */
    void extend(Instant until) {
        if (until.isAfter(expiresAt)) {
            expiresAt = until;
        }
    }

    void end(SessionEnded.Reason reason, Instant now) {
        endedAt = now;
        endReason = reason.name();
    }

    UUID id() {
        return UUID.fromString(id);
    }

    String owner() {
        return owner;
    }

    Path repo() {
        return Path.of(repo);
    }

    String label() {
        return label;
    }

    String via() {
        return via;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant endedAt() {
        return endedAt;
    }

    SessionEnded.Reason endReason() {
        return endReason == null ? null : SessionEnded.Reason.valueOf(endReason);
    }
}
