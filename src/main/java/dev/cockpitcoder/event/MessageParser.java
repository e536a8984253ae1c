package dev.cockpitcoder.event;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.session.ClientMessage;

/** What clients may say on the events socket. */
final class MessageParser {
    /** Even if every character is escaped, the event can be stored. */
    static final int MAX_CONTENT_CHARS = 10_000;

    private static final Logger LOG = Logger.getLogger(MessageParser.class.getName());
    private static final int MAX_ID_CHARS = 200;
    private static final int MAX_TIMESTAMP_CHARS = 64;

    private MessageParser() {}

    /** @throws ProblemException INVALID with a sentence for the client */
    static ClientMessage parse(UUID sessionId, String text) {
        JsonObject json = object(text);
        String type = json.get("type") instanceof JsonString name ? name.getString() : "";
        switch (type) {
            case ClientMessage.USER_MESSAGE -> {
                require(
                        isText(json.get("content"), MAX_CONTENT_CHARS),
                        "content must be text of 1 to 10,000 characters");
                JsonValue timestamp = json.get("timestamp");
                require(timestamp == null || isText(timestamp, MAX_TIMESTAMP_CHARS), "timestamp must be a time");
            }
            case ClientMessage.CONFIRMATION -> {
                require(isText(json.get("messageId"), MAX_ID_CHARS), "messageId must be text of 1 to 200 characters");
                JsonValue confirmed = json.get("confirmed");
                require(confirmed == JsonValue.TRUE || confirmed == JsonValue.FALSE, "confirmed must be true or false");
            }
            default -> require(false, "a message must be a JSON object of type user_message or confirmation");
        }
        return new ClientMessage(sessionId, type, json);
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (RuntimeException e) {
            // no JSON, or beyond the parser's own limits, such as its depth
            LOG.log(Level.FINE, "a message cannot be parsed", e);
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private static boolean isText(JsonValue value, int maxChars) {
        if (!(value instanceof JsonString string)) {
            return false;
        }
        String text = string.getString();
        // half a surrogate pair can be written in JSON, but in no database
        return !text.isBlank()
                && text.length() <= maxChars
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void require(boolean fits, String what) {
        if (!fits) {
            throw new ProblemException(ProblemCode.INVALID, what);
        }
    }
}
