package dev.cockpitcoder.task;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** Something an agent asked, and what was answered: once. */
@Entity
@Table(name = "task_approval")
@NamedQuery(
        name = "StoredApproval.ofTask",
        query = "SELECT a FROM StoredApproval a WHERE a.taskId = :task ORDER BY a.askedAt, a.id")
@NamedQuery(
        name = "StoredApproval.openSince",
        query = "SELECT MIN(a.askedAt) FROM StoredApproval a WHERE a.answer IS NULL "
                + "AND a.taskId IN (SELECT t.id FROM StoredTask t WHERE t.sessionId = :session)")
@NamedQuery(name = "StoredApproval.open", query = "SELECT a FROM StoredApproval a WHERE a.answer IS NULL")
public class StoredApproval {
    private static final int MAX_TITLE_CHARS = 1000;

    /** What became of it. */
    enum Answer {
        ALLOWED,
        DENIED,
        /** Nobody answered in time, which is a no. */
        EXPIRED,
        /** The run ended before. */
        CANCELLED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Id
    private String id;

    @Column(name = "task_id")
    private String taskId;

    private String title;
    private String answer;

    @Column(name = "by_profile")
    private boolean byProfile;

    @Column(name = "asked_at")
    private Instant askedAt;

    @Column(name = "answered_at")
    private Instant answeredAt;

    protected StoredApproval() {}

    StoredApproval(UUID id, UUID taskId, String title) {
        this.id = id.toString();
        this.taskId = taskId.toString();
        this.title = title.length() > MAX_TITLE_CHARS ? title.substring(0, MAX_TITLE_CHARS) : title;
        this.askedAt = now();
    }

    /** One that nobody was asked. */
    static StoredApproval byProfile(UUID id, UUID taskId, String title, Answer given) {
        StoredApproval approval = new StoredApproval(id, taskId, title);
        approval.byProfile = true;
        approval.answer(given);
        return approval;
    }

    /** @return false when it was answered before */
    boolean answer(Answer given) {
        if (answer != null) {
            return false;
        }
        answer = given.name();
        answeredAt = now();
        return true;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    UUID id() {
        return UUID.fromString(id);
    }

    UUID taskId() {
        return UUID.fromString(taskId);
    }

    String title() {
        return title;
    }

    /** Null while it is open. */
    Answer answer() {
        return answer == null ? null : Answer.valueOf(answer);
    }

    /** Whether the profile answered by itself. */
    boolean byProfile() {
        return byProfile;
    }

    Instant askedAt() {
        return askedAt;
    }

    Instant answeredAt() {
        return answeredAt;
    }
}
