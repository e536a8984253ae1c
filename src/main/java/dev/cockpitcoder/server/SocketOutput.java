package dev.cockpitcoder.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;

/**
 * What is sent on one WebSocket. Payara gives the output of a closed connection to the next one, and the WebSocket implementation
 * looks whether it is open and then writes: a frame that is sent while the socket closes would go to somebody else. So a frame is
 * handed over under a lock, which {@link #closed} takes too.
 */
public final class SocketOutput {
    private static final Logger LOG = Logger.getLogger(SocketOutput.class.getName());

    /** What the thread of a handshake does after the last of it that can be seen; as long on a busy machine. */
    private static final long REST_NANOS = Duration.ofMillis(50).toNanos();

    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(2);
    private static final ThreadLocal<SocketOutput> OPENED = new ThreadLocal<>();

    private final Session socket;
    private final Thread opener = Thread.currentThread();
    private final CountDownLatch handshake = new CountDownLatch(1);
    private volatile long handshakeEnd;
    private boolean closed;

    /** To be called by the endpoint's {@code @OnOpen}. */
    public SocketOutput(Session socket) {
        this.socket = socket;
        IdleTimer.takeFrom(socket);
        OPENED.set(this);
    }

    /** This thread has finished with the request it worked on. */
    static void requestOver() {
        SocketOutput opened = OPENED.get();
        if (opened != null) {
            OPENED.remove();
            opened.handshakeEnd = System.nanoTime();
            opened.handshake.countDown();
        }
    }

    /** Blocks until the frame is on its way. One caller at a time, for text and binary together. */
    public void sendText(String text) throws IOException {
        await(handOver(remote -> remote.sendText(text)));
    }

    /** Blocks until the frame is on its way. One caller at a time, for text and binary together. */
    public void sendBinary(ByteBuffer bytes) throws IOException {
        await(handOver(remote -> remote.sendBinary(bytes)));
    }

    /** Does not block. */
    public synchronized void ping() throws IOException {
        requireOpen();
        socket.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    }

    /** Closes with a code of RFC 6455, section 7.4, and a short reason. Any thread, any number of times; a blocked send fails. */
    public void close(int code, String reason) {
        try {
            if (socket.isOpen()) {
                socket.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "A socket was gone before it was closed", e);
        }
    }

    /**
     * To be called by the endpoint's {@code @OnClose}: the container takes the connection back when that returns. Blocks while the
     * handshake's thread still works on the request: the container would give it to somebody else under that thread's hands.
     */
    public void closed() {
        synchronized (this) {
            closed = true;
        }
        if (Thread.currentThread() != opener) {
            awaitHandshake();
        }
    }

    private void awaitHandshake() {
        try {
            if (handshake.await(LONGEST_HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)) {
                TimeUnit.NANOSECONDS.sleep(REST_NANOS - (System.nanoTime() - handshakeEnd));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Frame {
        Future<Void> sendOn(RemoteEndpoint.Async remote);
    }

    private synchronized Future<Void> handOver(Frame frame) throws IOException {
        requireOpen();
        return frame.sendOn(socket.getAsyncRemote());
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the socket is closed");
        }
    }

    private static void await(Future<Void> sent) throws IOException {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
