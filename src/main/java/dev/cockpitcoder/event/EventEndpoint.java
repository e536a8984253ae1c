package dev.cockpitcoder.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import dev.cockpitcoder.identity.Caller;

/**
 * {@code /ws/events}: a session's events as JSON text frames, from {@code resumeSeq} (or {@code after}) on, else from now on. The gate
 * in front has let only the session's own callers through.
 */
@ServerEndpoint("/ws/events")
public class EventEndpoint {
    private static final int MESSAGE_MAX_BYTES = 64 * 1024;
    private static final int IDLE_MILLIS = 60_000;

    private final EventHub hub = CDI.current().select(EventHub.class).get();

    private UUID sessionId;
    private EventCursor cursor;

    @OnOpen
    public void open(Session socket) {
        socket.setMaxTextMessageBufferSize(MESSAGE_MAX_BYTES);
        socket.setMaxBinaryMessageBufferSize(MESSAGE_MAX_BYTES);
        socket.setMaxIdleTimeout(IDLE_MILLIS);
        Caller caller = (Caller) socket.getUserPrincipal();
        sessionId = caller.requireSession();
        try {
            cursor = hub.subscribe(socket, caller, after(socket.getRequestParameterMap()));
        } catch (NumberFormatException e) {
            hub.refuse(socket, 4400, "resumeSeq must be a whole number of 0 or more");
        }
    }

    @OnMessage
    public void message(String text) {
        if (cursor != null) {
            hub.receive(sessionId, cursor, text);
        }
    }

    @OnMessage
    public void message(byte[] bytes) {
        if (cursor != null) {
            cursor.answer(EventHub.error("only text frames have a meaning here"));
        }
    }

    @OnClose
    public void close() {
        if (cursor != null) {
            hub.unsubscribe(sessionId, cursor);
        }
    }

    @OnError
    public void error(Throwable failure) {
        hub.broken(failure);
    }

    private static Optional<Long> after(Map<String, List<String>> parameters) {
        List<String> values = parameters.getOrDefault("resumeSeq", parameters.getOrDefault("after", List.of()));
        return values.stream().findFirst().map(Long::parseUnsignedLong).map(seq -> Math.max(seq, 0));
    }
}
