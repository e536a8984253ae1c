package dev.cockpitcoder.task;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A follow-up: it waits until the agent can take it. */
@Entity
@Table(name = "task_message")
@NamedQuery(
        name = "StoredMessage.ofTask",
        query = "SELECT m FROM StoredMessage m WHERE m.taskId = :task ORDER BY m.place")
public class StoredMessage {
    @Id
    private String id;

    @Column(name = "task_id")
    private String taskId;

    private int place;
    private String content;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "sent_at")
    private Instant sentAt;

    protected StoredMessage() {}

    StoredMessage(UUID taskId, int place, String content) {
        this.id = UUID.randomUUID().toString();
        this.taskId = taskId.toString();
        this.place = place;
        this.content = content;
        this.createdAt = now();
    }

    void send() {
        sentAt = now();
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

    /** Where it stands among those of its task. */
    int place() {
        return place;
    }

    String content() {
        return content;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** Null while it waits. */
    Instant sentAt() {
        return sentAt;
    }
}
