package dev.cockpitcoder.session;

import java.util.Optional;
import java.util.UUID;

import jakarta.json.JsonObject;

/**
 * What a client said on the events socket, validated and stored as an event. Fired as a CDI event; the room that takes care of it calls
 * {@link #handled} or {@link #refuse}, and when none does, the session is told.
 */
public final class ClientMessage {
    /** A chat line to the agent: {@code content}, and perhaps {@code timestamp}. */
    public static final String USER_MESSAGE = "user_message";

    /** The answer to an event of type {@code confirmation}: its {@code messageId}, and {@code confirmed}. */
    public static final String CONFIRMATION = "confirmation";

    private final UUID sessionId;
    private final String type;
    private final JsonObject message;
    private volatile boolean handled;
    private volatile String refusal;

    public ClientMessage(UUID sessionId, String type, JsonObject message) {
        this.sessionId = sessionId;
        this.type = type;
        this.message = message;
    }

    public UUID sessionId() {
        return sessionId;
    }

    /** {@link #USER_MESSAGE} or {@link #CONFIRMATION}. */
    public String type() {
        return type;
    }

    /** All the client sent; members that are not described here have not been looked at. */
    public JsonObject message() {
        return message;
    }

    /** Someone reads it, and tells by events of its own what becomes of it. */
    public void handled() {
        handled = true;
    }

    /** It is for whoever calls this, and cannot be taken: the session is told why, a sentence for people. */
    public void refuse(String why) {
        refusal = why;
    }

    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    public boolean wasHandled() {
        return handled;
    }
}
