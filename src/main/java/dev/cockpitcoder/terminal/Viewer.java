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
    private final Who who;
    private final Peer peer;
    private final Liveness liveness;
    private final WorkerThreads threads;
    private final AtomicInteger wakes = new AtomicInteger();
    private final Gathering gathering = new Gathering();
    private volatile boolean onWorker;
    private volatile long sendingSince = NOT_SENDING;
    private volatile long sentAt = System.nanoTime();
    private volatile boolean pingWanted;
    private long pingedAt = System.nanoTime();
    private volatile boolean closed;

    private volatile TerminalSize wantedSize;
    private volatile long movedAt = System.nanoTime();
    private volatile boolean waitedFor = true;

    Viewer(Terminal terminal, Who who, Peer peer, Liveness liveness, WorkerThreads threads) {
        this.terminal = terminal;
        this.who = who;
        this.peer = peer;
        this.liveness = liveness;
        this.threads = threads;
    }

    Terminal terminal() {
        return terminal;
    }

    final Who who() {
        return who;
    }

    /** The offset after the last byte that was sent or skipped. Any thread. */
    abstract long cursor();

    /** What is before this offset was there when it attached, and answers nothing. */
    abstract long liveFrom();

    /** The cursor went on: for the sender. */
    final void moved() {
        movedAt = System.nanoTime();
        waitedFor = true;
        terminal.pacing().moved();
    }

    /** When the cursor last went on, but not before {@code start}; {@link System#nanoTime()}. */
    final long movedSince(long start) {
        return movedAt - start > 0 ? movedAt : start;
    }

    /** A lossless program goes on without it until it takes something again. */
    final void waitForItNoMore() {
        waitedFor = false;
        told(new PtyMessage.Notice("NOT_WAITED_FOR", "The program goes on without waiting for this viewer."));
    }

    final boolean isWaitedFor() {
        return waitedFor;
    }

    /** The size it would like: the terminal's while it is in control. Null when it never said. */
    final TerminalSize wantedSize() {
        return wantedSize;
    }

    final void wantSize(TerminalSize size) {
        wantedSize = size;
    }

    /** There may be something to send. Any thread; does not block. */
    final void wake() {
        if (!closed && wakes.getAndIncrement() == 0) {
            threads.run(() -> work(true));
        }
    }

    /** The same for the reading thread, when there is more output. */
    final void wakeForOutput() {
        if (!gathering.grown(this::pending)) {
            wake();
        }
    }

    /** For what is due after a while: on a worker. */
    final void later(Duration after, Runnable task) {
        threads.later(after, task);
    }

    private long pending() {
        return terminal.log().head() - cursor();
    }

    /** A frame with so many bytes of output was sent: for the sender, which rests here if it is a worker; not after an answer to a key. */
    final void sentOutput(int count) {
        moved();
        if (onWorker && count > Viewers.FEW_BYTES) {
            gathering.rest(this::pending);
        }
    }

    /** Whether it could send output, were there some; it wakes by itself when that changes. */
    boolean hasRoom() {
        return true;
    }

    /** Whether a frame can be sent now that surely finds room on its way to the client. */
    boolean sendsAtOnce() {
        return false;
    }

    /**
     * As {@link #wake}, but sends in the calling thread.
     *
     * @return false when another one sends already: it may have to be woken
     */
    final boolean sendNow() {
        if (closed || !wakes.compareAndSet(0, 1)) {
            return false;
        }
        work(false);
        return true;
    }

    /** For the sender: whether it is a worker. The reading thread has to get back to the program. */
    final boolean onWorker() {
        return onWorker;
    }

    private void work(boolean worker) {
        onWorker = worker;
        int seen;
        do {
            seen = wakes.get();
            try {
                if (!closed) {
                    ping();
                    send();
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.FINE, "A viewer of terminal " + terminal.id() + " is gone", e);
                close(CloseCode.FAILED, "the connection failed");
            }
        } while (wakes.addAndGet(-seen) != 0);
    }

    private void ping() throws IOException {
        if (pingWanted) {
            pingWanted = false;
            sendingSince = System.nanoTime() | 1;
            try {
                peer.ping();
            } finally {
                sendingSince = NOT_SENDING;
            }
        }
    }

    /** Called about every second. Does not block. */
    final void beat() {
        if (liveness.isQuiet() && System.nanoTime() - pingedAt >= Liveness.BEAT.toNanos()) {
            pingedAt = System.nanoTime();
            pingWanted = true;
            wake();
        }
        if (System.nanoTime() - sentAt >= Liveness.BEAT.toNanos()) {
            spokeLongAgo();
        }
    }

    /** Nothing was sent for a while: a client that sees no pings may want to hear something. */
    void spokeLongAgo() {}

    /** Sends all that may be sent now. One thread at a time. */
    abstract void send() throws IOException;

    /** The terminal has news, of which only the last of its kind matters. Any thread; must not block. */
    abstract void told(PtyMessage.FromServer news);

    final void countGap() {
        terminal.traffic().gaps.increment();
    }

    /** @param replayUntil the head when it attached */
    final void countReplayed(long from, int count, long replayUntil) {
        if (from < replayUntil) {
            terminal.traffic().replayed.add(Math.min(count, replayUntil - from));
        }
    }

    final void sendText(String text) throws IOException {
        sendingSince = System.nanoTime() | 1;
        try {
            peer.sendText(text);
            sent(text.length());
        } finally {
            sendingSince = NOT_SENDING;
        }
    }

    final void sendBinary(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        sendingSince = System.nanoTime() | 1;
        try {
            peer.sendBinary(bytes);
            sent(length);
        } finally {
            sendingSince = NOT_SENDING;
        }
    }

    private void sent(int bytes) {
        sentAt = System.nanoTime();
        liveness.sent(bytes);
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
