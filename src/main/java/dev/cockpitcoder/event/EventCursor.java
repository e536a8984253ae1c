package dev.cockpitcoder.event;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One subscriber's place in a session's events. It holds no events: its sender reads on from the log, at its client's pace, and
 * has a thread only while there is something to send.
 */
final class EventCursor {
    private static final Logger LOG = Logger.getLogger(EventCursor.class.getName());
    /** Few, because an event can have 65,000 characters and every sender holds a page. */
    private static final int PAGE = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NOT_WAITING = 0;

    /** Where the events come from. */
    interface Source {
        EventPage page(UUID sessionId, long after, int limit);
    }

    private final Outlet outlet;
    private final UUID sessionId;
    private final Source source;
    private final Executor executor;
    private Runnable over = () -> {};

    private long sent;
    /** Since when the client has not taken what is there for it. */
    private volatile long waitingSince = NOT_WAITING;

    // guarded by this
    private boolean running;
    private boolean pending;
    private boolean pingDue;
    private boolean finishing;
    private String answer;
    private Future<?> expiry;

    /** @param after the {@code seq} the client has already */
    EventCursor(Outlet outlet, UUID sessionId, long after, Source source, Executor executor) {
        this.outlet = outlet;
        this.sessionId = sessionId;
        this.sent = after;
        this.source = source;
        this.executor = executor;
    }

    /** @param then called when this side has closed, perhaps more than once; said before the first {@link #wake} */
    void whenOver(Runnable then) {
        over = then;
    }

    /** There may be something new. */
    synchronized void wake() {
        pending = true;
        run();
    }

    /** Sends a sign of life, or gives up a client that has not read for too long. */
    void ping() {
        long since = waitingSince;
        if (since != NOT_WAITING && System.nanoTime() - since > PATIENCE.toNanos()) {
            executor.execute(() -> close(Outlet.Ending.BROKEN));
            return;
        }
        synchronized (this) {
            pingDue = true;
            run();
        }
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

    /** @param timer runs {@link #expired} when the client's token ends; let go of with the subscription */
    synchronized void expire(Future<?> timer) {
        expiry = timer;
    }

    void expired() {
        close(Outlet.Ending.TOKEN_EXPIRED);
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
            // the client is gone, and comes back with its resume point. running stays true: nothing more is sent
            LOG.log(Level.FINE, e, () -> "a subscriber of session " + sessionId + " broke");
            close(Outlet.Ending.BROKEN);
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
        boolean ready = sendEvents();
        if (answerNow != null && ready()) {
            outlet.notice(answerNow);
        }
        if (pingNow && ready()) {
            outlet.keepAlive();
        }
        if (ready()) {
            outlet.flush();
            waitingSince = NOT_WAITING;
        }
        if (finishNow && ready) {
            close(Outlet.Ending.SESSION_ENDED);
        }
        return !(finishNow && ready);
    }

    /** False when the outlet cannot take them all now. */
    private boolean sendEvents() throws IOException {
        EventPage page;
        do {
            if (!ready()) {
                return false;
            }
            page = source.page(sessionId, sent, PAGE);
            if (page.reset().isPresent()) {
                outlet.notice(page.reset().get().json().toString());
                sent = page.reset().get().oldest() - 1;
            }
            for (StoredEvent event : page.events()) {
                if (!ready()) {
                    return false;
                }
                outlet.event(event);
                sent = event.seq();
            }
        } while (page.events().size() == PAGE);
        return true;
    }

    private boolean ready() throws IOException {
        boolean ready = outlet.ready();
        if (ready || waitingSince == NOT_WAITING) {
            waitingSince = System.nanoTime() | 1;
        }
        return ready;
    }

    private void close(Outlet.Ending ending) {
        outlet.close(ending);
        // not left to the container: it does not always say that an exchange is over when its connection was lost
        over.run();
    }
}
