package dev.cockpitcoder.patch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

import dev.cockpitcoder.workspace.Landing;

/** A commit on its way to a branch: an apply, or what takes one back. It lands, or is as if it had never been. */
@Entity
@Table(name = "patch_landing")
@NamedQuery(
        name = "StoredLanding.ofTask",
        query = "SELECT l FROM StoredLanding l WHERE l.taskId = :task ORDER BY l.begunAt DESC, l.id")
@NamedQuery(name = "StoredLanding.begun", query = "SELECT l FROM StoredLanding l WHERE l.phase = 'BEGUN'")
public class StoredLanding {
    /** How far it got. */
    enum Phase {
        BEGUN,
        LANDED
    }

    @Id
    private String id;

    @Column(name = "task_id")
    private String taskId;

    @Column(name = "idempotency_key")
    private String idempotencyKey;

    private String undoes;
    private String branch;

    @Column(name = "before_commit")
    private String before;

    @Column(name = "after_commit")
    private String after;

    private String message;
    private String marks;
    private String phase;

    @Column(name = "begun_at")
    private Instant begunAt;

    protected StoredLanding() {}

    /**
     * @param key null for none
     * @param undoes the landing that this one takes back; null for an apply
     */
    StoredLanding(UUID taskId, String key, StoredLanding undoes, Landing landing, String message, String marks) {
        this.id = UUID.randomUUID().toString();
        this.taskId = taskId.toString();
        this.idempotencyKey = key;
        this.undoes = undoes == null ? null : undoes.id;
        this.branch = landing.branch();
        this.before = landing.before();
        this.after = landing.after();
        this.message = message;
        this.marks = marks;
        this.phase = Phase.BEGUN.name();
        this.begunAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    void landed() {
        phase = Phase.LANDED.name();
    }

    boolean hasLanded() {
        return phase.equals(Phase.LANDED.name());
    }

    UUID id() {
        return UUID.fromString(id);
    }

    UUID taskId() {
        return UUID.fromString(taskId);
    }

    /** Null for none. */
    String key() {
        return idempotencyKey;
    }

    /** Null for an apply. */
    UUID undoes() {
        return undoes == null ? null : UUID.fromString(undoes);
    }

    Landing landing() {
        return new Landing(branch, before, after);
    }

    String message() {
        return message;
    }

    String marks() {
        return marks;
    }
}
