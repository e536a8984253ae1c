package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;

/** The queries of this room. It works in the caller's transaction. */
final class TaskStore {
    private final EntityManager entities;

    TaskStore(EntityManager entities) {
        this.entities = entities;
    }

    void add(StoredTask task) {
        entities.persist(task);
    }

    /** @return the task as it is now; empty when it is not there */
    Optional<StoredTask> move(UUID id, Phase to, String reason) {
        Optional<StoredTask> task = Optional.ofNullable(entities.find(StoredTask.class, id.toString()));
        task.ifPresent(found -> found.move(to, reason));
        return task;
    }

    /** Only from this phase; gives the task as it is now. */
    Optional<StoredTask> moveFrom(UUID id, Phase from, Phase to) {
        Optional<StoredTask> task = find(id);
        task.filter(found -> found.phase() == from).ifPresent(found -> found.move(to, null));
        return task;
    }

    void ask(StoredApproval approval) {
        entities.persist(approval);
    }

    void answer(UUID id, StoredApproval.Answer answer) {
        findApproval(id).ifPresent(approval -> approval.answer(answer));
    }

    Optional<StoredApproval> findApproval(UUID id) {
        return Optional.ofNullable(entities.find(StoredApproval.class, id.toString()));
    }

    /** In their order. */
    List<StoredApproval> approvals(UUID taskId) {
        return entities.createNamedQuery("StoredApproval.ofTask", StoredApproval.class)
                .setParameter("task", taskId.toString())
                .getResultList();
    }

    /** When the oldest question of a session was asked that is open. */
    Optional<Instant> openSince(UUID sessionId) {
        return Optional.ofNullable(entities.createNamedQuery("StoredApproval.openSince", Instant.class)
                .setParameter("session", sessionId.toString())
                .getSingleResult());
    }

    Optional<StoredTask> find(UUID id) {
        return Optional.ofNullable(entities.find(StoredTask.class, id.toString()));
    }

    Optional<StoredTask> byKey(UUID sessionId, String key) {
        return entities.createNamedQuery("StoredTask.byKey", StoredTask.class)
                .setParameter("session", sessionId.toString())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** The newest first. @param before only what is older than this one; null for all */
    List<StoredTask> page(UUID sessionId, StoredTask before, int limit) {
        TypedQuery<StoredTask> query =
                entities.createNamedQuery(before == null ? "StoredTask.newest" : "StoredTask.before", StoredTask.class);
        query.setParameter("session", sessionId.toString()).setMaxResults(limit);
        if (before != null) {
            query.setParameter("at", before.createdAt())
                    .setParameter("id", before.id().toString());
        }
        return query.getResultList();
    }

    /** @return those that were active when their server died, and are interrupted now */
    List<StoredTask> interruptActive() {
        List<StoredTask> active =
                entities.createNamedQuery("StoredTask.active", StoredTask.class).getResultList();
        active.forEach(task -> task.move(Phase.INTERRUPTED, "The server stopped meanwhile."));
        entities.createNamedQuery("StoredApproval.open", StoredApproval.class)
                .getResultList()
                .forEach(approval -> approval.answer(StoredApproval.Answer.CANCELLED));
        return active;
    }

    void takes(UUID id, long bytes) {
        find(id).ifPresent(task -> task.takes(bytes));
    }

    /** @param sessionId null for all */
    long diskBytes(UUID sessionId) {
        TypedQuery<Long> query = entities.createNamedQuery(
                sessionId == null ? "StoredTask.diskBytes" : "StoredTask.diskBytesOfSession", Long.class);
        if (sessionId != null) {
            query.setParameter("session", sessionId.toString());
        }
        return Optional.ofNullable(query.getSingleResult()).orElse(0L);
    }

    List<StoredTask> resting(Instant before) {
        return entities.createNamedQuery("StoredTask.resting", StoredTask.class)
                .setParameter("before", before)
                .getResultList();
    }

    StoredMessage addMessage(UUID taskId, String content) {
        int last =
                messages(taskId).stream().mapToInt(StoredMessage::place).max().orElse(0);
        StoredMessage message = new StoredMessage(taskId, last + 1, content);
        entities.persist(message);
        return message;
    }

    /** In their order. */
    List<StoredMessage> messages(UUID taskId) {
        return entities.createNamedQuery("StoredMessage.ofTask", StoredMessage.class)
                .setParameter("task", taskId.toString())
                .getResultList();
    }

    /** The one that waits longest is on its way to the agent now. */
    Optional<StoredMessage> takeMessage(UUID taskId) {
        Optional<StoredMessage> first = messages(taskId).stream()
                .filter(message -> message.sentAt() == null)
                .findFirst();
        first.ifPresent(StoredMessage::send);
        return first;
    }

    /** @return whether it was waiting */
    boolean removeMessage(UUID taskId, UUID id) {
        Optional<StoredMessage> message = Optional.ofNullable(entities.find(StoredMessage.class, id.toString()))
                .filter(found -> found.taskId().equals(taskId) && found.sentAt() == null);
        message.ifPresent(entities::remove);
        return message.isPresent();
    }
}
