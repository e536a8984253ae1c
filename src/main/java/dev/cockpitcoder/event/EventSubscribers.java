package dev.cockpitcoder.event;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.session.SessionEnded;

/** Who reads a session's events now: open sockets and streams. */
@ApplicationScoped
public class EventSubscribers {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Map<UUID, Set<EventCursor>> cursorsBySession = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private EventConfig config;

    EventSubscribers() {}

    @Inject
    EventSubscribers(EventConfig config) {
        this.config = config;
    }

    /** @throws ProblemException TOO_MANY */
    void add(UUID sessionId, EventCursor cursor) {
        if (count.incrementAndGet() > config.readers()) {
            count.decrementAndGet();
            throw ProblemException.tooMany(
                    "This server's events have " + config.readers() + " readers: try again later.",
                    RETRY_AFTER_SECONDS);
        }
        try {
            cursorsBySession.compute(sessionId, (id, cursors) -> with(cursor, cursors));
        } catch (ProblemException e) {
            count.decrementAndGet();
            throw e;
        }
    }

    private Set<EventCursor> with(EventCursor cursor, Set<EventCursor> others) {
        Set<EventCursor> all = others == null ? ConcurrentHashMap.newKeySet() : others;
        if (all.size() >= config.readersPerSession()) {
            throw ProblemException.tooMany(
                    "This session's events have " + all.size() + " readers: close one.", RETRY_AFTER_SECONDS);
        }
        all.add(cursor);
        return all;
    }

    /** May be called more than once. */
    void remove(UUID sessionId, EventCursor cursor) {
        cursorsBySession.computeIfPresent(sessionId, (id, cursors) -> {
            if (cursors.remove(cursor)) {
                count.decrementAndGet();
            }
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
