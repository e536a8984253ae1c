package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.server.WorkerThreads;

/**
 * A cursor into a terminal's output, and the sending of what follows it. Nothing is queued: a worker sends straight from the
 * log, at most one at a time and only while there is something to send.
 */
abstract class Viewer {
    private static final Logger LOG = Logger.getLogger(Viewer.class.getName());
    private static final long NOT_SENDING = 0;

    private final Terminal terminal;
    private final Peer peer;
    private final WorkerThreads threads;
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile long sendingSince = NOT_SENDING;
    private volatile boolean closed;

    Viewer(Terminal terminal, Peer peer, WorkerThreads threads) {
        this.terminal = terminal;
        this.peer = peer;
        this.threads = threads;
    }

    Terminal terminal() {
        return terminal;
    }

    /** There may be something to send. Any thread; does not block. */
    final void wake() {
        if (!closed && wakes.getAndIncrement() == 0) {
            threads.run(this::work);
        }
    }

    private void work() {
        int seen;
        do {
            seen = wakes.get();
            try {
                if (!closed) {
                    send();
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.FINE, "A viewer of terminal " + terminal.id() + " is gone", e);
                close(CloseCode.FAILED, "the connection failed");
            }
        } while (wakes.addAndGet(-seen) != 0);
    }

    /** Sends all that may be sent now. One thread at a time. */
    abstract void send() throws IOException;

    /** The terminal has another size. Any thread; must not block. */
    abstract void resized(TerminalSize size);

    final void sendText(String text) throws IOException {
        sendingSince = System.nanoTime() | 1;
        try {
            peer.sendText(text);
        } finally {
            sendingSince = NOT_SENDING;
        }
    }

    final void sendBinary(ByteBuffer bytes) throws IOException {
        sendingSince = System.nanoTime() | 1;
        try {
            peer.sendBinary(bytes);
        } finally {
            sendingSince = NOT_SENDING;
        }
    }

    /** Whether one frame has been on its way for longer than this: the client does not read. */
    final boolean stuckFor(Duration limit) {
        long since = sendingSince;
        return since != NOT_SENDING && System.nanoTime() - since > limit.toNanos();
    }

    /** Stops sending and closes the connection. Any thread. */
    final void close(int code, String reason) {
        if (leave()) {
            peer.close(code, reason);
        }
    }

    /** Stops sending; the connection is somebody else's to close. */
    final boolean leave() {
        synchronized (wakes) {
            if (closed) {
                return false;
            }
            closed = true;
        }
        terminal.remove(this);
        left();
        return true;
    }

    /** Called once, after the viewer was put on the terminal. */
    void entered() {}

    /** Called once, after the viewer was taken off the terminal, or was refused there. */
    void left() {}

    final boolean closed() {
        return closed;
    }
}
