package dev.cockpitcoder.it.driver;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of {@code cockpit.pty.v1} on a network that breaks all the time: it connects again and resumes, and tells what it assembled as it
 * comes. For one thread.
 */
public final class RoamingClient implements AutoCloseable {
    private static final int ACK_EVERY = 32 * 1024;
    private static final int MAX_FRAME = 32 * 1024;
    private static final int CUT = 1006;
    /** Three heartbeats. The JDK's client misses the end of one connection in a thousand, which stays in CLOSE_WAIT. */
    private static final Duration SILENCE = Duration.ofSeconds(9);

    /** What becomes of the output. */
    public interface Sink {
        /** The next bytes: they follow what came before, or the gap. */
        void data(byte[] frame, int from, int length);

        void gap(long from, long to);
    }

    private final CodingSession session;
    private final String webSocketBase;
    private final String terminal;
    private final Sink sink;
    private final String inputId = UUID.randomUUID().toString();
    private Socket socket;
    private boolean attached;
    private int cuts;
    private long next;
    private long acked;

    /** All that was typed and is not acknowledged yet; the first byte has the offset {@code inputStart}. */
    private byte[] unacknowledged = new byte[0];

    private long inputStart;

    /**
     * @param base of the network, {@code http://…}
     * @param from the offset to begin at
     */
    public RoamingClient(CodingSession session, String base, String terminal, long from, Sink sink) {
        this.session = session;
        this.webSocketBase = "ws" + base.substring("http".length());
        this.terminal = terminal;
        this.next = from;
        this.sink = sink;
    }

    /** How many connections broke, those included that broke before they were there. */
    public int cuts() {
        return cuts;
    }

    public int unacknowledged() {
        return unacknowledged.length;
    }

    /** Keeps the bytes until they are acknowledged, and sends them now if there is a connection. */
    public void type(byte[] bytes) {
        int before = unacknowledged.length;
        unacknowledged = Arrays.copyOf(unacknowledged, before + bytes.length);
        System.arraycopy(bytes, 0, unacknowledged, before, bytes.length);
        if (attached) {
            surviving(() -> send(before));
        }
    }

    /** Connects if there is no connection, and takes one message. */
    public void step() {
        surviving(() -> {
            if (socket == null) {
                attach();
            } else {
                socket.next(SILENCE).ifPresentOrElse(this::take, this::cut);
            }
        });
    }

    private void attach() {
        socket = Socket.open(
                webSocketBase + "/ws/pty?sessionId=" + session.id(),
                List.of("cockpit.pty.v1"),
                List.of("Authorization", "Bearer " + session.token()));
        JsonObjectBuilder attach = Json.createObjectBuilder()
                .add("type", "attach")
                .add("terminal", terminal)
                .add("inputId", inputId)
                .add("from", next);
        socket.send(attach.build().toString());
    }

    /** Whatever is sent may meet a connection that is broken already. */
    private void surviving(Runnable sending) {
        try {
            sending.run();
        } catch (CompletionException broken) {
            cut();
        }
    }

    private void cut() {
        cuts++;
        attached = false;
        if (socket != null) {
            socket.drop();
            socket = null;
        }
    }

    private void take(Socket.Message message) {
        if (message.isClose()) {
            assertThat(message.closeCode()).as("%s", message.reason()).isEqualTo(CUT);
            cut();
        } else if (message.bytes() == null) {
            control(message.json());
        } else {
            ByteBuffer frame = ByteBuffer.wrap(message.bytes());
            assertThat(frame.getLong()).as("the offset of a frame").isEqualTo(next);
            next += frame.remaining();
            sink.data(message.bytes(), Long.BYTES, frame.remaining());
            if (next - acked >= ACK_EVERY) {
                acked = next;
                socket.send("{\"type\":\"ack\",\"offset\":" + next + "}");
            }
        }
    }

    private void control(JsonObject message) {
        switch (message.getString("type")) {
            case "attached" -> {
                assertThat(message.getJsonNumber("from").longValue()).isEqualTo(next);
                acked = next;
                attached = true;
                acknowledged(message.getJsonNumber("inputOffset").longValue());
                send(0);
            }
            case "gap" -> {
                long to = message.getJsonNumber("to").longValue();
                assertThat(message.getJsonNumber("from").longValue()).isEqualTo(next);
                assertThat(to).isGreaterThan(next);
                sink.gap(next, to);
                next = to;
            }
            case "inputAck" -> acknowledged(message.getJsonNumber("offset").longValue());
            case "error", "exit" -> throw new AssertionError(message);
            default -> {}
        }
    }

    private void acknowledged(long offset) {
        assertThat(offset).isBetween(0L, inputStart + unacknowledged.length);
        if (offset > inputStart) {
            unacknowledged = Arrays.copyOfRange(unacknowledged, (int) (offset - inputStart), unacknowledged.length);
            inputStart = offset;
        }
    }

    private void send(int from) {
        for (int at = from; at < unacknowledged.length; at += MAX_FRAME) {
            int length = Math.min(MAX_FRAME, unacknowledged.length - at);
            socket.send(ByteBuffer.allocate(Long.BYTES + length)
                    .putLong(inputStart + at)
                    .put(unacknowledged, at, length)
                    .array());
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
