package dev.cockpitcoder.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.cockpitcoder.it.driver.CodingSession;

/** A client that counts what it gets and keeps only the end of it: of {@code cockpit.pty.v1}, or of a peer that sends bytes as they are. */
final class PtyViewer implements WebSocket.Listener, AutoCloseable {
    private static final int ACK_EVERY = 64 * 1024;
    private static final int KEPT = 256;
    private static final long PATIENCE_SECONDS = 120;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final boolean v1;
    private final long ackPauseNanos;
    private final AtomicLong received = new AtomicLong();
    private final Semaphore arrived = new Semaphore(0);
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final byte[] recent = new byte[KEPT];
    private WebSocket socket;
    /** The offset a frame begins with, which may come in pieces. */
    private final ByteBuffer header = ByteBuffer.allocate(Long.BYTES);

    private volatile long skipped;
    private volatile long end;
    private long acked;
    private long inputOffset;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private final CompletableFuture<Void> attached = new CompletableFuture<>();
    private volatile long pongAt;
    private volatile boolean stalled;

    private PtyViewer(boolean v1, long ackPauseNanos) {
        this.v1 = v1;
        this.ackPauseNanos = ackPauseNanos;
    }

    /** @param ackPauseNanos how long it takes over each frame */
    static PtyViewer ofOurs(CodingSession session, String terminal, long ackPauseNanos) {
        PtyViewer viewer = new PtyViewer(true, ackPauseNanos);
        viewer.socket = HTTP.newWebSocketBuilder()
                .subprotocols("cockpit.pty.v1")
                .header("Authorization", "Bearer " + session.token())
                .buildAsync(URI.create(session.cockpit().webSocketBase() + "/ws/pty?sessionId=" + session.id()), viewer)
                .join();
        viewer.control("{\"type\":\"attach\",\"terminal\":\"" + terminal + "\",\"from\":0}");
        viewer.attached.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return viewer;
    }

    static PtyViewer ofPeer(int port) {
        PtyViewer viewer = new PtyViewer(false, 0);
        viewer.socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port), viewer)
                .join();
        return viewer;
    }

    synchronized void control(String json) {
        sending = sending.thenCompose(done -> socket.sendText(json, true));
    }

    synchronized void type(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = v1
                ? ByteBuffer.allocate(Long.BYTES + bytes.length)
                        .putLong(inputOffset)
                        .put(bytes)
                        .flip()
                : ByteBuffer.wrap(bytes);
        inputOffset += bytes.length;
        sending = sending.thenCompose(done -> socket.sendBinary(frame, true));
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
        return received.get();
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
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
        arrived.acquire();
        return pongAt - begin;
    }

    private synchronized String end() {
        int length = (int) Math.min(KEPT, received.get());
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = recent[(int) ((received.get() - length + i) % KEPT)];
        }
        return new String(last, StandardCharsets.ISO_8859_1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        while (v1 && header.hasRemaining() && part.hasRemaining()) {
            header.put(part.get());
            if (!header.hasRemaining()) {
                end = header.getLong(0);
            }
        }
        if (last) {
            header.clear();
        }
        int count = part.remaining();
        end += count;
        keep(part);
        arrived.release();
        if (v1 && last && !stalled && end - acked >= ACK_EVERY) {
            acked = end;
            if (ackPauseNanos > 0) {
                LockSupport.parkNanos(ackPauseNanos);
            }
            control("{\"type\":\"ack\",\"offset\":" + end + "}");
        }
        from.request(1);
        return null;
    }

    private synchronized void keep(ByteBuffer part) {
        long at = received.get();
        int count = part.remaining();
        part.position(part.limit() - Math.min(count, KEPT));
        for (long i = at + count - part.remaining(); part.hasRemaining(); i++) {
            recent[(int) (i % KEPT)] = part.get();
        }
        received.addAndGet(count);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        String text = part.toString();
        if (text.startsWith("{\"type\":\"attached\"")) {
            attached.complete(null);
        } else if (text.startsWith("{\"type\":\"gap\"")) {
            skipped += number(text, "to") - number(text, "from");
        }
        from.request(1);
        return null;
    }

    private static long number(String json, String name) {
        return Long.parseLong(json.replaceFirst(".*\"" + name + "\":(\\d+).*", "$1"));
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pongAt = System.nanoTime();
        arrived.release();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        over.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        over.completeExceptionally(failure);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
