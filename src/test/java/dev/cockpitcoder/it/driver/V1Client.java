package dev.cockpitcoder.it.driver;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of {@code cockpit.pty.v1}, written from {@code src/site/markdown/cockpit-pty-v1.md} alone. It keeps what a resume needs: the input id,
 * what is not acknowledged of the input, and the offset after the last byte of output.
 */
public final class V1Client implements AutoCloseable {
    private static final int ACK_EVERY = 64 * 1024;

    private final CodingSession session;
    private final String inputId = UUID.randomUUID().toString();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private Socket socket;
    private String terminal;
    private long next = -1;
    private long acked;
    private boolean gapsExpected;

    public V1Client(CodingSession session) {
        this.session = session;
    }

    /** Of a terminal that is there already, from the beginning of its output. */
    public V1Client(CodingSession session, String terminal) {
        this(session);
        this.terminal = terminal;
        this.next = 0;
    }

    /** Connects, or connects again, and attaches where it left off. */
    public JsonObject attach() {
        socket = Socket.open(
                session.cockpit().webSocketBase() + "/ws/pty?sessionId=" + session.id(),
                List.of("cockpit.pty.v1"),
                List.of("Authorization", "Bearer " + session.token()));
        JsonObjectBuilder attach =
                Json.createObjectBuilder().add("type", "attach").add("inputId", inputId);
        if (terminal != null) {
            attach.add("terminal", terminal).add("from", next);
        }
        socket.send(attach.build().toString());
        JsonObject attached = socket.next().json();
        assertThat(attached.getString("type")).as("%s", attached).isEqualTo("attached");
        if (terminal == null) {
            terminal = attached.getString("terminal");
            next = attached.getJsonNumber("from").longValue();
        }
        long had = attached.getJsonNumber("inputOffset").longValue();
        sendInput(had, input.toByteArray().length - (int) had);
        return attached;
    }

    /** Types; what a cut loses is sent again on the next attach. */
    public V1Client type(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = input.size();
        input.writeBytes(bytes);
        sendInput(from, bytes.length);
        return this;
    }

    public void control(String json) {
        socket.send(json);
    }

    /** Reads until the output holds this text; gives all output so far. */
    public String until(String wanted) {
        while (!text().contains(wanted)) {
            read();
        }
        return text();
    }

    /** The same past gaps, for output that is more than is kept. */
    public void skipUntil(String wanted) {
        gapsExpected = true;
        byte[] tail = new byte[0];
        while (!new String(tail, StandardCharsets.UTF_8).contains(wanted)) {
            read();
            byte[] all = output.toByteArray();
            tail = Arrays.copyOfRange(all, Math.max(0, all.length - 200_000), all.length);
        }
    }

    /** Reads until there are so many bytes of output since {@code from}; gives them. */
    public byte[] bytes(int from, int count) {
        while (output.size() < from + count) {
            read();
        }
        byte[] all = output.toByteArray();
        return Arrays.copyOfRange(all, from, from + count);
    }

    /** Reads until a control message of this type comes. */
    public JsonObject await(String type) {
        while (true) {
            JsonObject message = read();
            if (message != null && message.getString("type").equals(type)) {
                return message;
            }
        }
    }

    public int received() {
        return output.size();
    }

    public Socket socket() {
        return socket;
    }

    public void drop() {
        socket.drop();
    }

    /** One message; null when it was output. */
    private JsonObject read() {
        Socket.Message message = socket.next();
        assertThat(message.isClose())
                .as("closed with %s %s", message.closeCode(), message.reason())
                .isFalse();
        if (message.bytes() == null) {
            JsonObject json = message.json();
            if (json.getString("type").equals("gap")) {
                assertThat(gapsExpected).as("%s", json).isTrue();
                next = json.getJsonNumber("to").longValue();
            }
            return json;
        }
        ByteBuffer frame = ByteBuffer.wrap(message.bytes());
        assertThat(frame.getLong()).isEqualTo(next);
        output.write(message.bytes(), Long.BYTES, frame.remaining());
        next += frame.remaining();
        if (next - acked >= ACK_EVERY) {
            socket.sendWhileOpen("{\"type\":\"ack\",\"offset\":" + next + "}");
            acked = next;
        }
        return null;
    }

    private void sendInput(long from, int length) {
        byte[] all = input.toByteArray();
        for (int at = 0; at < length; at += 32 * 1024) {
            int piece = Math.min(32 * 1024, length - at);
            socket.send(ByteBuffer.allocate(Long.BYTES + piece)
                    .putLong(from + at)
                    .put(all, (int) from + at, piece)
                    .array());
        }
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }
}
