package dev.cockpitcoder.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;

/** The queries of this room. It works in the caller's transaction. */
final class CommandStore {
    private final EntityManager entities;

    CommandStore(EntityManager entities) {
        this.entities = entities;
    }

    void add(StoredCommand command) {
        entities.persist(command);
    }

    /** As if it had never been asked for. */
    void withdraw(UUID id) {
        StoredCommand command = entities.find(StoredCommand.class, id.toString());
        if (command != null) {
            entities.remove(command);
        }
    }

    /** One statement where nothing was written: this is on the way of every answer. */
    void end(StoredCommand ended, String output) {
        int known = entities.createNamedQuery("StoredCommand.end")
                .setParameter("id", ended.id().toString())
                .setParameter("phase", ended.phase().name())
                .setParameter("code", ended.code())
                .setParameter("duration", ended.durationMillis())
                .setParameter("at", ended.endedAt())
                .setParameter("truncated", ended.truncated())
                .setParameter("stdout", ended.stdoutBytes())
                .setParameter("stderr", ended.stderrBytes())
                .executeUpdate();
        if (known > 0 && !output.isEmpty()) {
            entities.persist(new StoredOutput(ended.id(), output));
        }
    }

    Optional<StoredCommand> find(UUID sessionId, UUID id) {
        return Optional.ofNullable(entities.find(StoredCommand.class, id.toString()))
                .filter(command -> command.sessionId().equals(sessionId));
    }

    /** Empty for a command that wrote nothing, and for one that did not end by itself or by this server. */
    Optional<String> output(UUID id) {
        return Optional.ofNullable(entities.find(StoredOutput.class, id.toString()))
                .map(StoredOutput::text);
    }

    Optional<StoredCommand> byKey(UUID sessionId, String key) {
        return entities.createNamedQuery("StoredCommand.byKey", StoredCommand.class)
                .setParameter("session", sessionId.toString())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    /** The newest first. @param before only what is older than this one; null for all */
    List<StoredCommand> page(UUID sessionId, StoredCommand before, int limit) {
        TypedQuery<StoredCommand> query = entities.createNamedQuery(
                before == null ? "StoredCommand.newest" : "StoredCommand.before", StoredCommand.class);
        query.setParameter("session", sessionId.toString()).setMaxResults(limit);
        if (before != null) {
            query.setParameter("at", before.startedAt())
                    .setParameter("id", before.id().toString());
        }
        return query.getResultList();
    }

    /** @return how many were running when their server died */
    int interruptRunning(Instant now) {
        return entities.createNamedQuery("StoredCommand.interrupt")
                .setParameter("now", now)
                .executeUpdate();
    }

    /** @return how many were forgotten */
    int purge(Instant before) {
        return entities.createNamedQuery("StoredCommand.purge")
                .setParameter("before", before)
                .executeUpdate();
    }
}
