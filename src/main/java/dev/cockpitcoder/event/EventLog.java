package dev.cockpitcoder.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import dev.cockpitcoder.session.SessionEnded;
import dev.cockpitcoder.session.SessionEvent;

/** The one writer of each session's sequence. An event has its {@code seq} and is stored before any client sees it. */
@ApplicationScoped
public class EventLog {
    private static final Logger LOG = Logger.getLogger(EventLog.class.getName());
    private static final long UNKNOWN = -1;
    /** So many events more than configured are kept at most. */
    private static final int TRIM_EVERY = 50;

    private static final int CONTENT_MAX_CHARS = 4000;
    /** Events whose content is kept as it is: who fires them keeps them within what can be stored. */
    private static final Set<String> WHOLE = Set.of("output", "user_message");

    /** The sequence of one live session; its lock orders the writers. */
    private static final class Sequence {
        private final RecentEvents recent = new RecentEvents();
        private long head = UNKNOWN;
    }

    private final Map<UUID, Sequence> sequences = new ConcurrentHashMap<>();

    private EventService service;
    private EventSubscribers subscribers;
    private EventConfig config;

    EventLog() {}

    @Inject
    EventLog(EventService service, EventSubscribers subscribers, EventConfig config) {
        this.service = service;
        this.subscribers = subscribers;
        this.config = config;
    }

    /** What went wrong here is logged and does not reach who fired the event: what it reports has happened all the same. */
    void record(@Observes SessionEvent event) {
        try {
            append(event);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "an event of session " + event.sessionId() + " was not stored");
        }
    }

    /** As {@link #record}, for this room: gives its {@code seq}, and fails when it is not stored. */
    long append(SessionEvent event) {
        Sequence sequence = sequences.computeIfAbsent(event.sessionId(), id -> new Sequence());
        long seq;
        synchronized (sequence) {
            seq = store(event, sequence);
        }
        subscribers.wake(event.sessionId());
        if (seq % TRIM_EVERY == 0) {
            trim(event.sessionId(), seq - config.perSession());
        }
        return seq;
    }

    void forget(@Observes SessionEnded ended) {
        sequences.remove(ended.sessionId());
    }

    EventPage page(UUID sessionId, long after, int limit) {
        return Optional.ofNullable(sequences.get(sessionId))
                .flatMap(sequence -> sequence.recent.after(after, limit))
                .map(events -> EventPage.of(after, events))
                .orElseGet(() -> service.page(sessionId, after, limit));
    }

    long head(UUID sessionId) {
        return service.head(sessionId);
    }

    /** The {@code seq} after which are those events of that time and later that are kept. */
    long before(UUID sessionId, Instant since) {
        return service.before(sessionId, since);
    }

    private long store(SessionEvent event, Sequence sequence) {
        if (sequence.head == UNKNOWN) {
            sequence.head = service.head(event.sessionId());
        }
        long seq = sequence.head + 1;
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        StoredEvent stored = new StoredEvent(event.sessionId().toString(), seq, at, json(event, seq, at));
        try {
            service.add(stored);
        } catch (RuntimeException e) {
            // perhaps stored and perhaps not: the database knows where the sequence is
            sequence.head = UNKNOWN;
            sequence.recent.clear();
            throw e;
        }
        sequence.head = seq;
        sequence.recent.add(stored);
        return seq;
    }

    private void trim(UUID sessionId, long last) {
        try {
            if (last > 0) {
                service.trim(sessionId, last);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "old events of session " + sessionId + " were not forgotten yet");
        }
    }

    private static String json(SessionEvent event, long seq, Instant at) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("seq", seq)
                .add("type", event.type())
                .add("content", WHOLE.contains(event.type()) ? event.content() : shortened(event.content()))
                .add("at", at.toString());
        JsonObject fields = event.fields();
        fields.forEach(json::add);
        return json.build().toString();
    }

    private static String shortened(String content) {
        return content.length() > CONTENT_MAX_CHARS ? content.substring(0, CONTENT_MAX_CHARS) + "…" : content;
    }
}
