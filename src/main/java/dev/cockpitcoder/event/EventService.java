package dev.cockpitcoder.event;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The stored events, each call in a transaction of its own: an event is on record whatever becomes of what fired it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class EventService {
    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    private EventStore store;

    @PostConstruct
    void open() {
        store = new EventStore(entities);
    }

    public void add(StoredEvent event) {
        store.add(event);
    }

    public EventPage page(UUID sessionId, long after, int limit) {
        return store.page(sessionId, after, limit);
    }

    public long head(UUID sessionId) {
        return store.head(sessionId);
    }

    public long before(UUID sessionId, Instant since) {
        return store.before(sessionId, since);
    }

    public void trim(UUID sessionId, long seq) {
        store.trim(sessionId, seq);
    }

    public void purge(Instant before) {
        store.purge(before);
    }
}
