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

    /** What follows {@code after}; when that is not there, what is kept, and the {@link Reset} that says so. */
    EventPage page(UUID sessionId, long after, int limit) {
        List<StoredEvent> events = after(sessionId, after, limit);
        if (!events.isEmpty()) {
            long first = events.get(0).seq();
            return first == after + 1
                    ? EventPage.of(after, events)
                    : EventPage.of(Reset.gone(after, first, head(sessionId)), events);
        }
        long head = head(sessionId);
        if (after <= head) {
            return EventPage.of(after, events);
        }
        List<StoredEvent> kept = after(sessionId, 0, limit);
        long oldest = kept.isEmpty() ? head + 1 : kept.get(0).seq();
        return EventPage.of(Reset.beyond(after, oldest, head), kept);
    }

    private List<StoredEvent> after(UUID sessionId, long seq, int limit) {
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

    /** The {@code seq} after which are those events of that time and later that are kept. */
    long before(UUID sessionId, Instant since) {
        return Optional.ofNullable(entities.createNamedQuery("StoredEvent.since", Long.class)
                        .setParameter("session", sessionId.toString())
                        .setParameter("since", since)
                        .getSingleResult())
                .map(first -> first - 1)
                .orElseGet(() -> head(sessionId));
    }

    /** Forgets a session's events up to {@code seq}. */
    void trim(UUID sessionId, long seq) {
        entities.createNamedQuery("StoredEvent.trim")
                .setParameter("session", sessionId.toString())
                .setParameter("last", seq)
                .executeUpdate();
    }

    /** Forgets what is older, but for the last event of a live session: its {@code seq} is where the sequence goes on. */
    void purge(Instant before) {
        entities.createNamedQuery("StoredEvent.purge")
                .setParameter("before", before)
                .executeUpdate();
    }
}
