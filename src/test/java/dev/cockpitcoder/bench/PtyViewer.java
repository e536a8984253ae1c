package dev.cockpitcoder.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Wire;

/** A client that counts what it gets and keeps only the end of it: of {@code cockpit.pty.v1}, or of a peer that sends bytes as they are. */
final class PtyViewer implements Wire.Listener, AutoCloseable {
    private static final int ACK_EVERY = 64 * 1024;
    private static final int KEPT = 256;
    private static final long PATIENCE_SECONDS = 120;

    private final Wire wire;
    private final boolean v1;
    private final long ackPauseNanos;
    private final Semaphore arrived = new Semaphore(0);
    private final CompletableFuture<Void> attached = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final byte[] recent = new byte[KEPT];

    private volatile long received;
    private volatile long frames;
    private volatile long skipped;
    private volatile long pongAt;
    private long acked;
    private long inputOffset;
    private volatile long end;
    private volatile boolean stalled;

    private PtyViewer(Wire wire, boolean v1, long ackPauseNanos) {
        this.wire = wire;
        this.v1 = v1;
        this.ackPauseNanos = ackPauseNanos;
    }

    /** @param ackPauseNanos how long it takes over each acknowledgement */
    static PtyViewer ofOurs(CodingSession session, String terminal, long ackPauseNanos) {
        URI uri = URI.create(session.cockpit().webSocketBase() + "/ws/pty?sessionId=" + session.id());
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + session.token(), "Sec-WebSocket-Protocol", "cockpit.pty.v1");
        PtyViewer viewer = connect(uri, headers, true, ackPauseNanos);
        viewer.control("{\"type\":\"attach\",\"terminal\":\"" + terminal + "\",\"from\":0}");
        viewer.attached.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return viewer;
    }

    static PtyViewer ofPeer(int port) {
        return connect(URI.create("ws://127.0.0.1:" + port), Map.of(), false, 0);
    }

    private static PtyViewer connect(URI uri, Map<String, String> headers, boolean v1, long ackPauseNanos) {
        try {
            PtyViewer viewer = new PtyViewer(Wire.connect(uri, headers), v1, ackPauseNanos);
            viewer.wire.listen(viewer);
            return viewer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void control(String json) {
        send(Wire.TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    synchronized void type(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = v1
                ? ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(inputOffset)
                        .put(bytes)
                        .array()
                : bytes;
        inputOffset += bytes.length;
        send(Wire.BINARY, frame);
    }

    private void send(int opcode, byte[] payload) {
        try {
            wire.send(opcode, payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws nothing any more, and so acknowledges nothing; or goes on. The browser around it answers pings all the same. */
    void stall(boolean on) {
        stalled = on;
        if (!on) {
            control("{\"type\":\"ack\",\"offset\":" + end + "}");
        }
    }

    /** The offset after the last byte that arrived. */
    long reached() {
        return end;
    }

    /** Bytes of output so far. */
    long received() {
        return received;
    }

    /** How many frames brought them. */
    long frames() {
        return frames;
    }

    /** Bytes of output that the server chose not to send. */
    long skipped() {
        return skipped;
    }

    /** Waits for the end of the program; for all output before it. */
    void awaitEnd() {
        over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits until what came last has this in it. */
    void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!end().contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no " + text + " in: " + end());
            }
            arrived.tryAcquire(1, TimeUnit.MILLISECONDS);
        }
    }

    /** From a key to what the terminal says to it, in nanoseconds. */
    long echo() throws InterruptedException {
        arrived.drainPermits();
        long begin = System.nanoTime();
        type("x");
        if (!arrived.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no echo");
        }
        return System.nanoTime() - begin;
    }

    /** From a ping to its pong, in nanoseconds: what a frame takes through the server and back when nothing is done with it. */
    long pingPong() throws InterruptedException {
        arrived.drainPermits();
        long begin = System.nanoTime();
        send(Wire.PING, new byte[] {1});
        arrived.acquire();
        return pongAt - begin;
    }

    private synchronized String end() {
        int length = (int) Math.min(KEPT, received);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = recent[(int) ((received - length + i) % KEPT)];
        }
        return new String(last, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void frame(int opcode, byte[] payload, int length) throws IOException {
        switch (opcode) {
            case Wire.BINARY -> output(payload, length);
            case Wire.TEXT -> said(new String(payload, 0, length, StandardCharsets.UTF_8));
            case Wire.PONG -> {
                pongAt = System.nanoTime();
                arrived.release();
            }
            default -> throw new IOException("opcode " + opcode);
        }
    }

    private void output(byte[] payload, int length) throws IOException {
        int from = v1 ? Long.BYTES : 0;
        if (v1) {
            end = ByteBuffer.wrap(payload).getLong() + length - from;
        }
        keep(payload, from, length - from);
        arrived.release();
        if (v1) {
            acknowledge();
        }
    }

    private void acknowledge() throws IOException {
        if (!stalled && end - acked >= ACK_EVERY) {
            acked = end;
            if (ackPauseNanos > 0) {
                LockSupport.parkNanos(ackPauseNanos);
            }
            wire.send(Wire.TEXT, ("{\"type\":\"ack\",\"offset\":" + end + "}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private synchronized void keep(byte[] payload, int from, int count) {
        long at = received;
        for (int i = Math.max(0, count - KEPT); i < count; i++) {
            recent[(int) ((at + i) % KEPT)] = payload[from + i];
        }
        received = at + count;
        frames++;
    }

    private void said(String text) {
        if (text.startsWith("{\"type\":\"attached\"")) {
            attached.complete(null);
        } else if (text.startsWith("{\"type\":\"gap\"")) {
            skipped += number(text, "to") - number(text, "from");
        }
    }

    private static long number(String json, String name) {
        return Long.parseLong(json.replaceFirst(".*\"" + name + "\":(\\d+).*", "$1"));
    }

    @Override
    public void over() {
        over.complete(null);
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
