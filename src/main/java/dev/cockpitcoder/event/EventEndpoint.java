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
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.SocketOutput;

/**
 * {@code /ws/events}: a session's events as JSON text frames, from {@code resumeSeq} (or {@code after}) on, else from the oldest open question, or now, on. The gate
 * in front has let only the session's own callers through.
 */
@ServerEndpoint("/ws/events")
public class EventEndpoint {
    private static final int MESSAGE_MAX_BYTES = 64 * 1024;
    private static final int BAD_REQUEST = 4400;
    private static final int TOO_MANY = 4429;

    private final EventHub hub = CDI.current().select(EventHub.class).get();

    private UUID sessionId;
    private SocketOutput output;
    private SocketOutlet outlet;
    private EventCursor cursor;

    @OnOpen
    public void open(Session socket) {
        socket.setMaxTextMessageBufferSize(MESSAGE_MAX_BYTES);
        socket.setMaxBinaryMessageBufferSize(MESSAGE_MAX_BYTES);
        output = new SocketOutput(socket);
        outlet = new SocketOutlet(output);
        Caller caller = (Caller) socket.getUserPrincipal();
        sessionId = caller.requireSession();
        try {
            cursor = hub.subscribe(outlet, caller, after(socket.getRequestParameterMap()));
        } catch (ProblemException e) {
            hub.refuse(output, e.code() == ProblemCode.TOO_MANY ? TOO_MANY : BAD_REQUEST, e.getMessage());
        }
    }

    @OnMessage
    public void message(String text) {
        outlet.heard();
        if (cursor != null) {
            hub.receive(sessionId, cursor, text);
        }
    }

    @OnMessage
    public void message(byte[] bytes) {
        outlet.heard();
        if (cursor != null) {
            cursor.answer(EventHub.error("only text frames have a meaning here"));
        }
    }

    @OnMessage
    public void message(PongMessage pong) {
        outlet.heard();
    }

    @OnClose
    public void close() {
        // first: what follows may wait, and a place among the readers is free now
        if (cursor != null) {
            hub.unsubscribe(sessionId, cursor);
        }
        output.closed();
    }

    @OnError
    public void error(Throwable failure) {
        hub.broken(failure);
    }

    private static Optional<Long> after(Map<String, List<String>> parameters) {
        List<String> values = parameters.getOrDefault("resumeSeq", parameters.getOrDefault("after", List.of()));
        return values.stream().findFirst().map(seq -> ResumePoint.parse("resumeSeq", seq));
    }
}
