package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.cockpitcoder.persistence.Databases;

/** The service of this room on a real database, without a container. */
final class TaskRecords extends TaskService {
    private final Databases database;

    TaskRecords(Databases database) {
        this.database = database;
    }

    @Override
    public void add(StoredTask task) {
        run(store -> store.add(task));
    }

    @Override
    public Optional<StoredTask> move(UUID id, Phase to, String reason) {
        return get(store -> store.move(id, to, reason));
    }

    @Override
    public Optional<StoredTask> moveFrom(UUID id, Phase from, Phase to) {
        return get(store -> store.moveFrom(id, from, to));
    }

    @Override
    public void ask(StoredApproval approval) {
        run(store -> store.ask(approval));
    }

    @Override
    public void answer(UUID id, StoredApproval.Answer answer) {
        run(store -> store.answer(id, answer));
    }

    @Override
    public Optional<StoredApproval> findApproval(UUID id) {
        return get(store -> store.findApproval(id));
    }

    @Override
    public List<StoredApproval> approvals(UUID taskId) {
        return get(store -> store.approvals(taskId));
    }

    @Override
    public Optional<Instant> openSince(UUID sessionId) {
        return get(store -> store.openSince(sessionId));
    }

    @Override
    public Optional<StoredTask> find(UUID id) {
        return get(store -> store.find(id));
    }

    @Override
    public Optional<StoredTask> byKey(UUID sessionId, String key) {
        return get(store -> store.byKey(sessionId, key));
    }

    @Override
    public List<StoredTask> page(UUID sessionId, StoredTask before, int limit) {
        return get(store -> store.page(sessionId, before, limit));
    }

    @Override
    public List<StoredTask> interruptActive() {
        return get(TaskStore::interruptActive);
    }

    @Override
    public List<StoredTask> resting(Instant before) {
        return get(store -> store.resting(before));
    }

    @Override
    public void takes(UUID id, long bytes) {
        run(store -> store.takes(id, bytes));
    }

    @Override
    public long diskBytes(UUID sessionId) {
        return get(store -> store.diskBytes(sessionId));
    }

    @Override
    public StoredMessage addMessage(UUID taskId, String content) {
        return get(store -> store.addMessage(taskId, content));
    }

    @Override
    public List<StoredMessage> messages(UUID taskId) {
        return get(store -> store.messages(taskId));
    }

    @Override
    public Optional<StoredMessage> takeMessage(UUID taskId) {
        return get(store -> store.takeMessage(taskId));
    }

    @Override
    public boolean removeMessage(UUID taskId, UUID id) {
        return get(store -> store.removeMessage(taskId, id));
    }

    private void run(Consumer<TaskStore> work) {
        get(store -> {
            work.accept(store);
            return true;
        });
    }

    private <T> T get(Function<TaskStore, T> work) {
        return database.inTransaction(entities -> work.apply(new TaskStore(entities)));
    }
}
