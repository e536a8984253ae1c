package dev.cockpitcoder.task;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

import dev.cockpitcoder.workspace.BranchTip;

/** A task on record. It owns its transitions. */
@Entity
@Table(name = "task")
@NamedQuery(
        name = "StoredTask.byKey",
        query = "SELECT t FROM StoredTask t WHERE t.sessionId = :session AND t.idempotencyKey = :key")
@NamedQuery(
        name = "StoredTask.newest",
        query = "SELECT t FROM StoredTask t WHERE t.sessionId = :session ORDER BY t.createdAt DESC, t.id DESC")
@NamedQuery(
        name = "StoredTask.before",
        query = "SELECT t FROM StoredTask t WHERE t.sessionId = :session "
                + "AND (t.createdAt < :at OR t.createdAt = :at AND t.id < :id) ORDER BY t.createdAt DESC, t.id DESC")
@NamedQuery(name = "StoredTask.diskBytes", query = "SELECT SUM(t.diskBytes) FROM StoredTask t")
@NamedQuery(
        name = "StoredTask.diskBytesOfSession",
        query = "SELECT SUM(t.diskBytes) FROM StoredTask t WHERE t.sessionId = :session")
@NamedQuery(
        name = "StoredTask.active",
        query = "SELECT t FROM StoredTask t WHERE t.phase IN ('QUEUED', 'PREPARING', 'RUNNING', 'WAITING_APPROVAL')")
@NamedQuery(
        name = "StoredTask.resting",
        query = "SELECT t FROM StoredTask t WHERE t.updatedAt < :before "
                + "AND t.phase NOT IN ('QUEUED', 'PREPARING', 'RUNNING', 'WAITING_APPROVAL', 'DISCARDED')")
public class StoredTask {
    private static final int MAX_REASON_CHARS = 1000;

    @Id
    private String id;

    @Column(name = "session_id")
    private String sessionId;

    private String owner;
    private String repo;

    @Column(name = "idempotency_key")
    private String idempotencyKey;

    private String instruction;
    private String context;
    private String branch;

    @Column(name = "base_commit")
    private String baseCommit;

    private String agent;
    private String phase;
    private String reason;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "disk_bytes")
    private long diskBytes;

    protected StoredTask() {}

    /**
     * @param key the client's; null for none
     * @param tip its branch, and the base it begins with
     */
    StoredTask(UUID sessionId, String owner, Path repo, String key, NewTask wanted, String agent, BranchTip tip) {
        this.id = UUID.randomUUID().toString();
        this.sessionId = sessionId.toString();
        this.owner = owner;
        this.repo = repo.toString();
        this.idempotencyKey = key;
        this.instruction = wanted.instruction();
        this.context = wanted.contextText();
        this.branch = tip.branch();
        this.baseCommit = tip.commit();
        this.agent = agent;
        this.phase = Phase.QUEUED.name();
        this.createdAt = now();
        this.updatedAt = createdAt;
    }

    /** @param why a sentence for people; null when there is nothing to say */
    void move(Phase to, String why) {
        phase = to.name();
        reason = why == null || why.length() <= MAX_REASON_CHARS ? why : why.substring(0, MAX_REASON_CHARS);
        updatedAt = now();
        if (to == Phase.PREPARING && startedAt == null) {
            startedAt = updatedAt;
        }
        if (to.active()) {
            endedAt = null;
        } else if (endedAt == null) {
            endedAt = updatedAt;
        }
    }

    void takes(long bytes) {
        diskBytes = bytes;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether the other was asked for with the same words. */
    boolean sameRequest(NewTask wanted) {
        return instruction.equals(wanted.instruction()) && Objects.equals(context, wanted.contextText());
    }

    UUID id() {
        return UUID.fromString(id);
    }

    UUID sessionId() {
        return UUID.fromString(sessionId);
    }

    String owner() {
        return owner;
    }

    Path repo() {
        return Path.of(repo);
    }

    String instruction() {
        return instruction;
    }

    /** JSON; null for none. */
    String context() {
        return context;
    }

    String branch() {
        return branch;
    }

    /** Null when the branch had no commit. */
    String baseCommit() {
        return baseCommit;
    }

    String agent() {
        return agent;
    }

    Phase phase() {
        return Phase.valueOf(phase);
    }

    String reason() {
        return reason;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** What it takes of the disk, as measured last. */
    long diskBytes() {
        return diskBytes;
    }

    /** When its first run began; null before. */
    Instant startedAt() {
        return startedAt;
    }

    Instant endedAt() {
        return endedAt;
    }
}
