package dev.cockpitcoder.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.EntityManager;

/** The queries of this room. It works in the caller's transaction. */
final class EventStore {
    private final EntityManager entities;

    EventStore(EntityManager entities) {
        this.entities = entities;
    }

    void add(StoredEvent event) {
        entities.persist(event);
    }

    /** In order, at most {@code limit}. */
    List<StoredEvent> after(UUID sessionId, long seq, int limit) {
        return entities.createNamedQuery("StoredEvent.after", StoredEvent.class)
                .setParameter("session", sessionId.toString())
                .setParameter("after", seq)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The highest {@code seq} of a session; 0 when it has no events. */
    long head(UUID sessionId) {
        return Optional.ofNullable(entities.createNamedQuery("StoredEvent.head", Long.class)
                        .setParameter("session", sessionId.toString())
                        .getSingleResult())
                .orElse(0L);
    }

    void purge(Instant before) {
        entities.createNamedQuery("StoredEvent.purge")
                .setParameter("before", before)
                .executeUpdate();
    }
}
