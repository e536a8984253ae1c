package dev.cockpitcoder.event;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.ClientMessage;

/** What the event endpoint does: subscribe, listen to the client, let go. */
@ApplicationScoped
public class EventHub {
    private static final Logger LOG = Logger.getLogger(EventHub.class.getName());
    private static final int MAX_SENDERS = 64;
    private static final Duration PING_EVERY = Duration.ofSeconds(20);
    private static final Set<String> CLIENT_TYPES = Set.of("user_message", "confirmation");

    @Resource
    private ManagedThreadFactory threadFactory;

    @Inject
    private EventLog log;

    @Inject
    private EventSubscribers subscribers;

    @Inject
    private Event<ClientMessage> received;

    private WorkerThreads threads;

    @PostConstruct
    void start() {
        threads = new WorkerThreads("events", threadFactory, MAX_SENDERS);
        threads.every(PING_EVERY, subscribers::ping);
    }

    @PreDestroy
    void stop() {
        threads.close();
    }

    /** @param after the {@code seq} to go on from; empty: only what is new */
    EventCursor subscribe(Session socket, Caller caller, Optional<Long> after) {
        UUID sessionId = caller.requireSession();
        EventCursor cursor =
                new EventCursor(socket, sessionId, after.orElseGet(() -> log.head(sessionId)), log, threads::run);
        subscribers.add(sessionId, cursor);
        // added first: what is stored from here on wakes it, what was stored before is read now
        cursor.wake();
        cursor.expire(threads.later(Duration.between(Instant.now(), caller.expiresAt()), cursor::expired));
        return cursor;
    }

    /** Says why and closes; not in the handshake's own thread, which would never answer it. */
    void refuse(Session socket, int closeCode, String why) {
        threads.run(() -> {
            try {
                socket.getBasicRemote().sendText(error(why));
                socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(closeCode), why));
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.FINE, "a refused event socket is gone already", e);
            }
        });
    }

    void unsubscribe(UUID sessionId, EventCursor cursor) {
        subscribers.remove(sessionId, cursor);
        cursor.closed();
    }

    /** A message no room handles gets an answer that says so. */
    void receive(UUID sessionId, EventCursor cursor, String text) {
        Optional<JsonObject> message = parse(text);
        String type = message.map(json -> json.getString("type", "")).orElse("");
        if (CLIENT_TYPES.contains(type)) {
            received.fire(new ClientMessage(sessionId, type, message.get()));
            cursor.answer(error("no agent is at work in this session, so nobody reads this message"));
        } else {
            cursor.answer(error("a message must be a JSON object of type user_message or confirmation"));
        }
    }

    void broken(Throwable failure) {
        LOG.log(Level.FINE, "an event socket broke", failure);
    }

    static String error(String message) {
        return Json.createObjectBuilder()
                .add("type", "error")
                .add("content", message)
                .add("message", message)
                .build()
                .toString();
    }

    private static Optional<JsonObject> parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException | ClassCastException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // the parser's own limits, such as its depth
            LOG.log(Level.FINE, "a message cannot be parsed", e);
            return Optional.empty();
        }
    }
}
