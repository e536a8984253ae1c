package dev.cockpitcoder.terminal;

import java.util.Map;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;

/** The control messages of {@code cockpit.pty.v1}: those of a client are parsed by {@link PtyParser}, the others print. */
sealed interface PtyMessage {
    /** Kept: the way through {@link Json} looks for a provider every time. */
    JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** What a client says. */
    sealed interface FromClient extends PtyMessage {}

    /** What the server says. */
    sealed interface FromServer extends PtyMessage {
        /** Its frame. */
        String json();
    }

    /**
     * @param terminal null for the default terminal
     * @param from null for the last {@code tail} bytes
     * @param inputId null when the client does not resume its input
     */
    record Attach(UUID terminal, Long from, long tail, int window, String inputId, TerminalSize size, boolean readOnly)
            implements FromClient {}

    record Ack(long offset) implements FromClient {}

    record Resize(TerminalSize size) implements FromClient {}

    record Attached(
            UUID terminal,
            long from,
            long oldest,
            long head,
            String inputId,
            long inputOffset,
            TerminalSize size,
            int window,
            boolean running)
            implements FromServer {
        @Override
        public String json() {
            return print(typed("attached")
                    .add("terminal", terminal.toString())
                    .add("from", from)
                    .add("oldest", oldest)
                    .add("head", head)
                    .add("inputId", inputId)
                    .add("inputOffset", inputOffset)
                    .add("cols", size.cols())
                    .add("rows", size.rows())
                    .add("window", window)
                    .add("running", running));
        }
    }

    record Gap(long from, long to) implements FromServer {
        @Override
        public String json() {
            return print(typed("gap").add("from", from).add("to", to));
        }
    }

    record InputAck(long offset) implements FromServer {
        @Override
        public String json() {
            return print(typed("inputAck").add("offset", offset));
        }
    }

    record Size(TerminalSize size) implements FromServer {
        @Override
        public String json() {
            return print(typed("size").add("cols", size.cols()).add("rows", size.rows()));
        }
    }

    /** @param code null when nobody saw it */
    record Exit(Integer code, long offset) implements FromServer {
        @Override
        public String json() {
            JsonObjectBuilder exit = typed("exit").add("offset", offset);
            return print(code == null ? exit : exit.add("code", code));
        }
    }

    record Refusal(String code, String message) implements FromServer {
        @Override
        public String json() {
            return print(typed("error").add("code", code).add("message", message));
        }
    }

    private static JsonObjectBuilder typed(String type) {
        return BUILDERS.createObjectBuilder().add("type", type);
    }

    private static String print(JsonObjectBuilder message) {
        return message.build().toString();
    }
}
