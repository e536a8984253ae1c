package dev.cockpitcoder.terminal;

import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;

/** Reads what clients say, in both protocols. */
final class PtyParser {
    /** Kept: the way through {@link Json} looks for a provider every time. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final int MAX_DEPTH = 16;
    private static final int LONGEST_RESIZE = 256;
    private static final int LONGEST_NAME = 64;
    private static final long DEFAULT_TAIL = 256 * 1024L;
    private static final long DEFAULT_WINDOW = 256 * 1024L;
    private static final long MIN_WINDOW = 16 * 1024L;
    private static final long MAX_WINDOW = 4 * 1024 * 1024L;
    private static final Pattern INPUT_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

    /** A frame that is refused; the message is for the client. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private PtyParser() {}

    /** A control frame of {@code cockpit.pty.v1}. */
    static PtyMessage.FromClient v1(String frame) throws Malformed {
        JsonObject object = object(frame).orElseThrow(() -> new Malformed("A control frame is one JSON object."));
        String type = string(object, "type");
        if (type == null) {
            throw new Malformed("type is missing.");
        }
        return switch (type) {
            case "attach" -> attach(object);
            case "ack" -> new PtyMessage.Ack(required(object, "offset"));
            case "resize" -> new PtyMessage.Resize(size(required(object, "cols"), required(object, "rows")));
            case "control" -> new PtyMessage.Control(flag(object, "take"));
            case "drain" -> new PtyMessage.Policy(drain(object, "policy"));
            default -> new PtyMessage.Unknown(type);
        };
    }

    /** The size a frame of the text protocol asks for; empty when the frame is input. */
    static Optional<TerminalSize> textResize(String frame) {
        if (frame.length() > LONGEST_RESIZE || frame.indexOf('{') < 0) {
            return Optional.empty();
        }
        return object(frame)
                .filter(object -> object.size() == 3)
                .filter(object -> object.get("type") instanceof JsonString type
                        && type.getString().equals("resize"))
                .filter(object -> cells(object.get("cols")) && cells(object.get("rows")))
                .map(object -> new TerminalSize(object.getInt("cols"), object.getInt("rows")));
    }

    private static boolean cells(JsonValue value) {
        return value instanceof JsonNumber number
                && number.isIntegral()
                && number.bigDecimalValue().precision() <= 4
                && TerminalSize.valid(number.longValue());
    }

    private static PtyMessage.Attach attach(JsonObject object) throws Malformed {
        String inputId = string(object, "inputId");
        if (inputId != null && !INPUT_ID.matcher(inputId).matches()) {
            throw new Malformed("inputId must be 8 to 64 characters [A-Za-z0-9_-].");
        }
        long window = number(object, "window", DEFAULT_WINDOW);
        return new PtyMessage.Attach(
                terminalId(string(object, "terminal")),
                object.containsKey("from") ? Long.valueOf(required(object, "from")) : null,
                number(object, "tail", DEFAULT_TAIL),
                (int) Math.min(MAX_WINDOW, Math.max(MIN_WINDOW, window)),
                inputId,
                name(string(object, "name")),
                size(
                        number(object, "cols", TerminalSize.DEFAULT.cols()),
                        number(object, "rows", TerminalSize.DEFAULT.rows())),
                object.containsKey("drain") ? drain(object, "drain") : Drain.LATEST,
                object.containsKey("readOnly") && flag(object, "readOnly"),
                object.containsKey("snapshot") && flag(object, "snapshot"));
    }

    private static Drain drain(JsonObject object, String name) throws Malformed {
        return Drain.of(string(object, name)).orElseThrow(() -> new Malformed(name + " must be latest or lossless."));
    }

    private static String name(String text) throws Malformed {
        if (text != null
                && (text.isBlank()
                        || text.length() > LONGEST_NAME
                        || text.codePoints().anyMatch(Character::isISOControl))) {
            throw new Malformed("name must be 1 to 64 characters, and no control characters.");
        }
        return text;
    }

    /** An id that no terminal has is not malformed: it names no terminal. */
    private static UUID terminalId(String text) {
        if (text == null) {
            return null;
        }
        return Terminals.parseId(text).orElse(new UUID(0, 0));
    }

    private static TerminalSize size(long cols, long rows) throws Malformed {
        if (!TerminalSize.valid(cols) || !TerminalSize.valid(rows)) {
            throw new Malformed("cols and rows must be 1 to 1000.");
        }
        return new TerminalSize((int) cols, (int) rows);
    }

    private static boolean flag(JsonObject object, String name) throws Malformed {
        JsonValue value = object.get(name);
        if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
            return value == JsonValue.TRUE;
        }
        throw new Malformed(name + " must be true or false.");
    }

    private static String string(JsonObject object, String name) throws Malformed {
        JsonValue value = object.get(name);
        if (value != null && !(value instanceof JsonString)) {
            throw new Malformed(name + " must be a string.");
        }
        return value == null ? null : ((JsonString) value).getString();
    }

    private static long number(JsonObject object, String name, long absent) throws Malformed {
        return object.containsKey(name) ? required(object, name) : absent;
    }

    /** A whole number that is not negative. */
    private static long required(JsonObject object, String name) throws Malformed {
        if (object.get(name) instanceof JsonNumber number
                && number.isIntegral()
                && number.bigDecimalValue().precision() <= 18
                && number.longValue() >= 0) {
            return number.longValue();
        }
        throw new Malformed(name + " must be a whole number, 0 or more.");
    }

    private static Optional<JsonObject> object(String frame) {
        if (tooDeep(frame)) {
            return Optional.empty();
        }
        try (JsonParser parser = PARSERS.createParser(new StringReader(frame))) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = parser.getObject();
            return parser.hasNext() ? Optional.empty() : Optional.of(object);
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** A parser calls itself for every level. Brackets in strings count too: no message of ours has many. */
    private static boolean tooDeep(String frame) {
        return frame.chars()
                        .filter(c -> c == '{' || c == '[')
                        .limit(MAX_DEPTH + 1L)
                        .count()
                > MAX_DEPTH;
    }
}
