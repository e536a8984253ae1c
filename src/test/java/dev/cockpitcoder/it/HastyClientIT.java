package dev.cockpitcoder.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.CodingSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that do not wait for the answer to their handshake, as RFC 6455 (section 4.1) has it, or go away meanwhile. Each of them held
 * a thread of the server for ever; there are {@value #MORE_THAN_THREADS} and more of such clients here, and 64 threads.
 */
class HastyClientIT extends Deployed {
    private static final int MORE_THAN_THREADS = 80;
    private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

    private static final long LATER_NANOS = 10_000;

    private CodingSession session;

    @BeforeEach
    void open() {
        session = cockpit.session(REPO.path());
    }

    @AfterEach
    void close() {
        session.end().expect(200);
    }

    @Test
    void aFrameThatComesWithTheHandshakeIsAnswered() throws IOException {
        byte[] attach = frame(1, "{\"type\":\"attach\"}");
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            try (Socket client = connect("/ws/pty", attach)) {
                assertThat(readUntil(client, "\"attached\"")).startsWith("HTTP/1.1 101");
            }
        }
    }

    @Test
    void whoLeavesDuringTheHandshakeHoldsNothing() throws IOException {
        byte[] close = frame(8, "\u0003\u00e8");
        for (int i = 0; i < 4 * MORE_THAN_THREADS; i++) {
            try (Socket client = connect("/ws/events", i % 2 == 0 ? close : new byte[0])) {
                // at another moment of it each time
                LockSupport.parkNanos(i * LATER_NANOS);
                client.setSoLinger(true, 0);
            }
        }
        cockpit.get(session.token(), "/api/session/" + session.id()).expect(200);
    }

    /** Sends the handshake and this in one piece. */
    private Socket connect(String path, byte[] more) throws IOException {
        URI server = URI.create(cockpit.base());
        String handshake = "GET %s?sessionId=%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                        .formatted(path, session.id(), server.getAuthority(), session.token())
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + (path.equals("/ws/pty") ? "Sec-WebSocket-Protocol: cockpit.pty.v1\r\n" : "")
                + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(handshake.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(more);
        Socket client = new Socket(server.getHost(), server.getPort());
        client.setSoTimeout(PATIENCE_MILLIS);
        client.getOutputStream().write(all.toByteArray());
        return client;
    }

    /** A short one, under a mask of zeros. */
    private static byte[] frame(int opcode, String latin) {
        byte[] payload = latin.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        frame.write(0x80 | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static String readUntil(Socket client, String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        InputStream in = client.getInputStream();
        byte[] piece = new byte[4096];
        while (seen.indexOf(wanted) < 0) {
            int count = in.read(piece);
            assertThat(count).as("bytes after: %s", seen).isPositive();
            seen.append(new String(piece, 0, count, StandardCharsets.ISO_8859_1));
        }
        return seen.toString();
    }
}
