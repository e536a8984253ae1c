package dev.cockpitcoder.event;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.SenderThreads;
import dev.cockpitcoder.server.SocketOutput;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.ClientJoined;

/** What the event endpoint and the stream do: subscribe, listen to the client, let go. */
@ApplicationScoped
public class EventHub {
    private static final Logger LOG = Logger.getLogger(EventHub.class.getName());
    private static final int MAX_SENDERS = 64;
    private static final int MAX_WORKERS = 4;
    private static final Duration PING_EVERY = Duration.ofSeconds(12);

    @Resource
    private ManagedThreadFactory threadFactory;

    @Inject
    private EventLog log;

    @Inject
    private EventSubscribers subscribers;

    @Inject
    private Inbox inbox;

    @Inject
    private Event<ClientJoined> joined;

    private WorkerThreads threads;
    private SenderThreads senders;

    @PostConstruct
    void start() {
        threads = new WorkerThreads("events", threadFactory, MAX_WORKERS);
        senders = new SenderThreads("events", threadFactory, MAX_SENDERS, threads);
        threads.every(PING_EVERY, subscribers::ping);
    }

    @PreDestroy
    void stop() {
        senders.close();
        threads.close();
    }

    /**
     * @param after the {@code seq} to go on from; empty: what is new, and what still waits for an answer
     * @throws ProblemException TOO_MANY
     */
    EventCursor subscribe(Outlet outlet, Caller caller, Optional<Long> after) {
        UUID sessionId = caller.requireSession();
        EventCursor cursor =
                new EventCursor(outlet, sessionId, after.orElseGet(() -> beginning(sessionId)), log::page, senders);
        cursor.whenOver(() -> unsubscribe(sessionId, cursor));
        subscribers.add(sessionId, cursor);
        // added first: what is stored from here on wakes it, what was stored before is read now
        cursor.wake();
        cursor.expire(threads.later(Duration.between(Instant.now(), caller.expiresAt()), cursor::expired));
        return cursor;
    }

    private long beginning(UUID sessionId) {
        ClientJoined client = new ClientJoined(sessionId);
        joined.fire(client);
        return client.since().map(since -> log.before(sessionId, since)).orElseGet(() -> log.head(sessionId));
    }

    /** Says why and closes; not in the handshake's own thread, which would never answer it. */
    void refuse(SocketOutput output, int closeCode, String why) {
        senders.execute(() -> {
            try {
                output.sendText(error(why));
                output.close(closeCode, why);
            } catch (IOException | IllegalStateException e) {
                LOG.log(Level.FINE, "a refused event socket is gone already", e);
            }
        });
    }

    void unsubscribe(UUID sessionId, EventCursor cursor) {
        subscribers.remove(sessionId, cursor);
        cursor.closed();
    }

    /** What cannot be taken is told to this client alone. */
    void receive(UUID sessionId, EventCursor cursor, String text) {
        try {
            inbox.take(sessionId, text);
        } catch (ProblemException e) {
            cursor.answer(error(e.getMessage()));
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
}
