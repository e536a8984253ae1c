package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
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
     * @param name null when the client has none
     * @param snapshot whether it understands {@link Snapshot}
     */
    record Attach(
            UUID terminal,
            Long from,
            long tail,
            int window,
            String inputId,
            String name,
            TerminalSize size,
            Drain drain,
            boolean readOnly,
            boolean snapshot)
            implements FromClient {}

    /** @param take false to give it back */
    record Control(boolean take) implements FromClient {}

    record Ack(long offset) implements FromClient {}

    record Resize(TerminalSize size) implements FromClient {}

    /** From both sides. */
    record Policy(Drain drain) implements FromClient, FromServer {
        @Override
        public String json() {
            return print(typed("drain").add("policy", drain.text()));
        }
    }

    /** Of a later version. */
    record Unknown(String type) implements FromClient {}

    record Attached(
            UUID terminal,
            long from,
            long oldest,
            long head,
            String inputId,
            long inputOffset,
            TerminalSize size,
            int window,
            Drain drain,
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
                    .add("drain", drain.text())
                    .add("heartbeat", Liveness.BEAT.toMillis())
                    .add("running", running));
        }
    }

    /** @param controller null when nobody is in control */
    record Present(Who you, Who controller, List<Who> viewers) implements FromServer {
        public Present {
            viewers = List.copyOf(viewers);
        }

        @Override
        public String json() {
            JsonArrayBuilder list = BUILDERS.createArrayBuilder();
            for (Who who : viewers) {
                JsonObjectBuilder each = BUILDERS.createObjectBuilder()
                        .add("id", who.id())
                        .add("you", who.equals(you))
                        .add("control", who.equals(controller))
                        .add("readOnly", who.readOnly());
                list.add(who.name() == null ? each : each.add("name", who.name()));
            }
            return print(typed("viewers").add("viewers", list));
        }
    }

    record Gap(long from, long to) implements FromServer {
        @Override
        public String json() {
            return print(typed("gap").add("from", from).add("to", to));
        }
    }

    /** What the screen shows. Output goes on where it ends. */
    record Snapshot(LiveScreen.Snapshot screen) implements FromServer {
        @Override
        public String json() {
            return print(typed("snapshot")
                    .add("offset", screen.offset())
                    .add("cols", screen.size().cols())
                    .add("rows", screen.size().rows())
                    .add("text", screen.text()));
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
    record Exit(Integer code, Ending ending, long offset) implements FromServer {
        @Override
        public String json() {
            JsonObjectBuilder exit = typed("exit").add("offset", offset).add("reason", ending.name());
            return print(code == null ? exit : exit.add("code", code));
        }
    }

    record Title(String title) implements FromServer {
        @Override
        public String json() {
            return print(typed("title").add("title", title));
        }
    }

    record Bell() implements FromServer {
        @Override
        public String json() {
            return print(typed("bell"));
        }
    }

    /** @param endsIn the time until the terminal is ended; null when this is about something else */
    record Notice(String code, String message, Duration endsIn) implements FromServer {
        static final String STAYS = "STAYS";

        Notice(String code, String message) {
            this(code, message, null);
        }

        @Override
        public String json() {
            JsonObjectBuilder notice = typed("notice").add("code", code).add("message", message);
            return print(endsIn == null ? notice : notice.add("endsIn", endsIn.toMillis()));
        }
    }

    record Heartbeat() implements FromServer {
        @Override
        public String json() {
            return print(typed("heartbeat"));
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
