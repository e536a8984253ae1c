package dev.cockpitcoder.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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
    private static final int CONTENT_MAX_CHARS = 4000;
    /** Events whose content is what a program wrote: who fires them keeps them within what can be stored. */
    private static final String OUTPUT = "output";

    /** The sequence of one live session; its lock orders the writers. */
    private static final class Sequence {
        private long head = -1;
    }

    private final Map<UUID, Sequence> sequences = new ConcurrentHashMap<>();

    private EventService service;
    private EventSubscribers subscribers;

    EventLog() {}

    @Inject
    EventLog(EventService service, EventSubscribers subscribers) {
        this.service = service;
        this.subscribers = subscribers;
    }

    /** What went wrong here is logged and does not reach who fired the event: what it reports has happened all the same. */
    void record(@Observes SessionEvent event) {
        try {
            append(event);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "an event of session " + event.sessionId() + " was not stored");
        }
        subscribers.wake(event.sessionId());
    }

    void forget(@Observes SessionEnded ended) {
        sequences.remove(ended.sessionId());
    }

    List<StoredEvent> after(UUID sessionId, long seq, int limit) {
        return service.after(sessionId, seq, limit);
    }

    long head(UUID sessionId) {
        return service.head(sessionId);
    }

    private void append(SessionEvent event) {
        Sequence sequence = sequences.computeIfAbsent(event.sessionId(), id -> new Sequence());
        synchronized (sequence) {
            if (sequence.head < 0) {
                sequence.head = service.head(event.sessionId());
            }
            long seq = sequence.head + 1;
            Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            service.add(new StoredEvent(event.sessionId().toString(), seq, at, json(event, seq, at)));
            sequence.head = seq;
        }
    }

    private static String json(SessionEvent event, long seq, Instant at) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("seq", seq)
                .add("type", event.type())
                .add("content", OUTPUT.equals(event.type()) ? event.content() : shortened(event.content()))
                .add("at", at.toString());
        JsonObject fields = event.fields();
        fields.forEach(json::add);
        return json.build().toString();
    }

    private static String shortened(String content) {
        return content.length() > CONTENT_MAX_CHARS ? content.substring(0, CONTENT_MAX_CHARS) + "…" : content;
    }
}
