package dev.cockpitcoder.it.driver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A WebSocket client (RFC 6455) that costs as little as one can: in a benchmark client and server share the machine, and what the client
 * takes is missing there. And one to be trusted: of a thousand connections under load, JDK 17's own reads about one wrongly, whose bytes
 * were right on the wire. For servers that neither fragment nor compress.
 */
public final class Wire implements AutoCloseable {
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    private static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int BUFFER = 128 * 1024;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int MAX_ONE_BYTE = 125;
    private static final int MAX_TWO_BYTES = 65_535;

    /** Told what comes, on the reading thread. */
    public interface Listener {
        /** @param payload good during the call only */
        void frame(int opcode, byte[] payload, int length) throws IOException;

        /** The connection has ended. */
        void over();
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = socket.getOutputStream();
    }

    public static Wire connect(URI uri, Map<String, String> headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.setTcpNoDelay(true);
        Wire wire = new Wire(socket);
        StringBuilder request = new StringBuilder("GET ")
                .append(uri.getPath().isEmpty() ? "/" : uri.getRawPath())
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getAuthority())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        wire.out.write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String answer = wire.head();
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer.lines().findFirst().orElse(""));
        }
        return wire;
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    public void listen(Listener listener) {
        Thread reader = new Thread(
                () -> {
                    try {
                        read(listener);
                    } catch (IOException ended) {
                        // as a close frame would say it
                    } finally {
                        listener.over();
                    }
                },
                "wire");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Listener listener) throws IOException {
        byte[] payload = new byte[BUFFER];
        while (true) {
            int first = in.readUnsignedByte();
            int length = length(in.readUnsignedByte());
            if ((first & FINAL) == 0 || length > payload.length) {
                throw new IOException("a frame this client does not understand");
            }
            in.readFully(payload, 0, length);
            int opcode = first & 0x0f;
            if (opcode == PING) {
                send(PONG, Arrays.copyOf(payload, length));
            } else if (opcode == CLOSE) {
                throw new EOFException();
            } else {
                listener.frame(opcode, payload, length);
            }
        }
    }

    private int length(int second) throws IOException {
        return switch (second) {
            case TWO_BYTES -> in.readUnsignedShort();
            case EIGHT_BYTES -> Math.toIntExact(in.readLong());
            default -> second;
        };
    }

    public synchronized void send(int opcode, byte[] payload) throws IOException {
        // a mask of zeros: nothing between here and the server could be misled by what is sent
        ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) (FINAL | opcode));
        if (payload.length <= MAX_ONE_BYTE) {
            frame.put((byte) (MASKED | payload.length));
        } else if (payload.length <= MAX_TWO_BYTES) {
            frame.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
        } else {
            frame.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        out.write(frame.array(), 0, frame.position());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
