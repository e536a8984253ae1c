package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Tasks on record, each call in a transaction of its own: a phase is stored before it is told. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TaskService {
    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    private TaskStore store;

    @PostConstruct
    void open() {
        store = new TaskStore(entities);
    }

    public void add(StoredTask task) {
        store.add(task);
    }

    public Optional<StoredTask> move(UUID id, Phase to, String reason) {
        return store.move(id, to, reason);
    }

    public Optional<StoredTask> moveFrom(UUID id, Phase from, Phase to) {
        return store.moveFrom(id, from, to);
    }

    public void ask(StoredApproval approval) {
        store.ask(approval);
    }

    public void answer(UUID id, StoredApproval.Answer answer) {
        store.answer(id, answer);
    }

    public Optional<StoredApproval> findApproval(UUID id) {
        return store.findApproval(id);
    }

    public List<StoredApproval> approvals(UUID taskId) {
        return store.approvals(taskId);
    }

    public Optional<Instant> openSince(UUID sessionId) {
        return store.openSince(sessionId);
    }

    public Optional<StoredTask> find(UUID id) {
        return store.find(id);
    }

    public Optional<StoredTask> byKey(UUID sessionId, String key) {
        return store.byKey(sessionId, key);
    }

    public List<StoredTask> page(UUID sessionId, StoredTask before, int limit) {
        return store.page(sessionId, before, limit);
    }

    /** Only when no task of this server runs: at its start. */
    public List<StoredTask> interruptActive() {
        return store.interruptActive();
    }

    public void takes(UUID id, long bytes) {
        store.takes(id, bytes);
    }

    public long diskBytes(UUID sessionId) {
        return store.diskBytes(sessionId);
    }

    public List<StoredTask> resting(Instant before) {
        return store.resting(before);
    }

    public StoredMessage addMessage(UUID taskId, String content) {
        return store.addMessage(taskId, content);
    }

    public List<StoredMessage> messages(UUID taskId) {
        return store.messages(taskId);
    }

    public Optional<StoredMessage> takeMessage(UUID taskId) {
        return store.takeMessage(taskId);
    }

    public boolean removeMessage(UUID taskId, UUID id) {
        return store.removeMessage(taskId, id);
    }
}
