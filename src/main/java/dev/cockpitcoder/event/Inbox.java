package dev.cockpitcoder.event;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.session.ClientMessage;
import dev.cockpitcoder.session.SessionEnded;
import dev.cockpitcoder.session.SessionEvent;

/** Takes what clients say: it becomes an event of the session first, then it is offered to the rooms. */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class.getName());

    private final MessageLimit limit = new MessageLimit();

    @Inject
    private EventLog log;

    @Inject
    private Event<ClientMessage> received;

    /** @throws ProblemException TOO_MANY, INVALID or UNAVAILABLE: the message is not stored, and offered to nobody */
    void take(UUID sessionId, String text) {
        if (!limit.allows(sessionId, System.nanoTime())) {
            throw ProblemException.tooMany("too many messages at once: this one was not taken, send it again later", 1);
        }
        ClientMessage message = MessageParser.parse(sessionId, text);
        long seq = store(message);
        String problem = offer(message);
        if (problem != null) {
            JsonObject fields = Json.createObjectBuilder()
                    .add("message", problem)
                    .add("inReplyTo", seq)
                    .build();
            log.record(new SessionEvent(sessionId, "error", problem, fields));
        }
    }

    void forget(@Observes SessionEnded ended) {
        limit.forget(ended.sessionId());
    }

    private long store(ClientMessage message) {
        try {
            return log.append(event(message));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "a message in session " + message.sessionId() + " was not stored");
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "the message could not be stored: send it again later", e);
        }
    }

    /** Null when a room has it; otherwise what to tell. */
    private String offer(ClientMessage message) {
        try {
            received.fire(message);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "a message in session " + message.sessionId() + " was not handled");
            return "The server could not handle this message; its log says why";
        }
        return message.refusal()
                .orElse(
                        message.wasHandled()
                                ? null
                                : "No agent is at work in this session, so nobody reads this message");
    }

    /**
     * An answer is no event of type {@code confirmation}: that one is the question, which existing clients would put to the user once
     * more.
     */
    private static SessionEvent event(ClientMessage message) {
        JsonObject said = message.message();
        JsonObjectBuilder fields = Json.createObjectBuilder();
        if (message.type().equals(ClientMessage.CONFIRMATION)) {
            boolean confirmed = said.getBoolean("confirmed");
            fields.add("phase", "confirmation.answered")
                    .add("messageId", said.getString("messageId"))
                    .add("confirmed", confirmed);
            return new SessionEvent(
                    message.sessionId(), "status", confirmed ? "Confirmed" : "Declined", fields.build());
        }
        if (said.containsKey("timestamp")) {
            fields.add("timestamp", said.getString("timestamp"));
        }
        return new SessionEvent(message.sessionId(), message.type(), said.getString("content"), fields.build());
    }
}
