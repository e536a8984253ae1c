package dev.cockpitcoder.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;

/**
 * One socket's place in a session's events. It holds no events: its sender reads on from the log, at its client's pace, and
 * has a thread only while there is something to send.
 */
final class EventCursor {
    private static final Logger LOG = Logger.getLogger(EventCursor.class.getName());
    private static final int PAGE = 200;

    private final Session socket;
    private final UUID sessionId;
    private final EventLog log;
    private final Executor executor;

    private long sent;

    // guarded by this
    private boolean running;
    private boolean pending;
    private boolean pingDue;
    private boolean finishing;
    private String answer;
    private Future<?> expiry;

    /** @param after the {@code seq} the client has already */
    EventCursor(Session socket, UUID sessionId, long after, EventLog log, Executor executor) {
        this.socket = socket;
        this.sessionId = sessionId;
        this.sent = after;
        this.log = log;
        this.executor = executor;
    }

    /** There may be something new. */
    synchronized void wake() {
        pending = true;
        run();
    }

    synchronized void ping() {
        pingDue = true;
        run();
    }

    /** Sends what is left, and closes: the session has ended. */
    synchronized void finish() {
        finishing = true;
        wake();
    }

    /** Says something to this client alone, outside the sequence. A second one before the first is sent replaces it. */
    synchronized void answer(String json) {
        answer = json;
        run();
    }

    /** @param timer runs {@link #expired} when the client's token ends; let go of with the socket */
    synchronized void expire(Future<?> timer) {
        expiry = timer;
    }

    void expired() {
        close(CloseCodes.VIOLATED_POLICY, "token expired");
    }

    synchronized void closed() {
        if (expiry != null) {
            expiry.cancel(false);
        }
    }

    private void run() {
        if (!running) {
            running = true;
            executor.execute(this::send);
        }
    }

    private void send() {
        try {
            while (sendPending()) {
                // until nothing came up meanwhile
            }
        } catch (IOException | RuntimeException e) {
            // the client is gone or does not read; it comes back with its resumeSeq. running stays true: nothing more
            // is sent
            LOG.log(Level.FINE, e, () -> "an event socket of session " + sessionId + " broke");
            close(CloseCodes.GOING_AWAY, "cannot send");
        }
    }

    private boolean sendPending() throws IOException {
        boolean pingNow;
        boolean finishNow;
        String answerNow;
        synchronized (this) {
            if (!pending && !pingDue && answer == null) {
                running = false;
                return false;
            }
            pingNow = pingDue;
            finishNow = finishing;
            answerNow = answer;
            pending = false;
            pingDue = false;
            answer = null;
        }
        sendEvents();
        if (answerNow != null) {
            socket.getBasicRemote().sendText(answerNow);
        }
        if (pingNow) {
            socket.getBasicRemote().sendPing(ByteBuffer.allocate(0));
        }
        if (finishNow) {
            close(CloseCodes.VIOLATED_POLICY, "session ended");
        }
        return !finishNow;
    }

    private void sendEvents() throws IOException {
        List<StoredEvent> page;
        do {
            page = log.after(sessionId, sent, PAGE);
            for (StoredEvent event : page) {
                socket.getBasicRemote().sendText(event.json());
                sent = event.seq();
            }
        } while (page.size() == PAGE);
    }

    private void close(CloseCodes code, String reason) {
        try {
            socket.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "an event socket was closed already", e);
        }
    }
}
