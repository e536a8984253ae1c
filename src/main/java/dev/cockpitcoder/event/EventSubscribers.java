package dev.cockpitcoder.event;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import dev.cockpitcoder.session.SessionEnded;

/** The open event sockets, by session. */
@ApplicationScoped
public class EventSubscribers {
    private final Map<UUID, Set<EventCursor>> cursorsBySession = new ConcurrentHashMap<>();

    void add(UUID sessionId, EventCursor cursor) {
        cursorsBySession.compute(sessionId, (id, cursors) -> {
            Set<EventCursor> all = cursors == null ? ConcurrentHashMap.newKeySet() : cursors;
            all.add(cursor);
            return all;
        });
    }

    void remove(UUID sessionId, EventCursor cursor) {
        cursorsBySession.computeIfPresent(sessionId, (id, cursors) -> {
            cursors.remove(cursor);
            return cursors.isEmpty() ? null : cursors;
        });
    }

    void wake(UUID sessionId) {
        of(sessionId).forEach(EventCursor::wake);
    }

    void end(@Observes SessionEnded ended) {
        of(ended.sessionId()).forEach(EventCursor::finish);
    }

    /** Keeps idle connections through proxies, and finds dead ones. */
    void ping() {
        cursorsBySession.values().forEach(cursors -> cursors.forEach(EventCursor::ping));
    }

    private Set<EventCursor> of(UUID sessionId) {
        return cursorsBySession.getOrDefault(sessionId, Set.of());
    }
}
