package dev.cockpitcoder.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.screen.Screen;
import dev.cockpitcoder.server.TurnTaking;

/**
 * The screen of a running terminal: one more cursor into its output, which goes on when somebody wants to know, and in the background
 * before the log loses what it has not seen. A terminal that wrote little and is not asked has none.
 *
 * <p>Where output comes faster than it can be drawn, its text is left out but for the last part; the sequences in it count all the same: before
 * the log would lose one that was not seen, the reading thread looks at it itself.
 */
final class LiveScreen {
    private static final Logger LOG = Logger.getLogger(LiveScreen.class.getName());
    /** In a flood so much of its end is drawn. */
    private static final int DRAWN = 512 * 1024;

    private static final int PIECE = 64 * 1024;
    private static final int MANY_EVENTS = 256;
    /** Who wrote half a log in less time floods. */
    private static final long FLOOD_NANOS = 2_000_000_000L;

    private final OutputLog log;
    private final TurnTaking background;
    /** Who lags by so much goes on in the background, or at once. */
    private final int enough;

    private final int tooMuch;
    private final int drawnOfFlood;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long seen;
    private volatile long lastSequence = -1;
    private volatile long scanned;
    /** Of the one thread that works in the background. */
    private long ranAt = System.nanoTime() - FLOOD_NANOS;

    /** What is to be done once the screen is that at an offset. */
    private record Event(long offset, Consumer<Screen> action) {}

    private final Deque<Event> events = new ArrayDeque<>();
    /** Guarded by this; null until it is needed. */
    private Screen screen;

    private TerminalSize current;

    /**
     * A screen as text.
     *
     * @param offset what comes from here on continues it
     * @param text see {@link Screen#snapshot()}
     */
    record Snapshot(long offset, TerminalSize size, boolean alternate, String text) {}

    LiveScreen(OutputLog log, TurnTaking background) {
        this.log = log;
        this.background = background;
        this.enough = log.capacity() / 2;
        this.tooMuch = enough + enough / 2;
        this.drawnOfFlood = Math.min(DRAWN, log.capacity() / 4);
        this.current = log.record().size();
    }

    /** For the reading thread: there is more output, and the last control sequence in it began there. */
    void appended(long lastSequenceAt) {
        lastSequence = lastSequenceAt;
        scanned = log.head();
        long lag = scanned - seen;
        if (lag > tooMuch) {
            catchUpWith(scanned, drawnOfFlood);
        } else if (lag > enough) {
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            background.run(this::catchUpInBackground);
        }
    }

    /** The size is this one for what comes next. */
    void resized(TerminalSize changed) {
        at(log.head(), drawn -> resize(drawn, changed));
    }

    private synchronized void resize(Screen drawn, TerminalSize changed) {
        current = changed;
        drawn.resize(changed.cols(), changed.rows());
    }

    /** Looks at the screen as it is after the byte before this offset; later, on any thread, unless {@link #catchUp} is called. */
    void at(long offset, Consumer<Screen> action) {
        synchronized (events) {
            events.addLast(new Event(offset, action));
            if (events.size() < MANY_EVENTS) {
                return;
            }
        }
        schedule();
    }

    private void catchUpInBackground() {
        scheduled.set(false);
        long now = System.nanoTime();
        boolean flood = now - ranAt < FLOOD_NANOS;
        ranAt = now;
        catchUpWith(log.head(), flood ? drawnOfFlood : log.capacity());
    }

    /** Brings the screen to this offset at least. */
    void catchUp(long offset) {
        catchUpWith(offset, log.capacity());
    }

    /** The screen as it is now. */
    synchronized Snapshot snapshot() {
        catchUp(log.head());
        boolean endless = screen.written() - screen.settled() > PIECE;
        long offset = endless ? screen.written() : screen.settled();
        return new Snapshot(offset, current, screen.alternate(), screen.snapshot());
    }

    /** @param drawn how much at the end is drawn in any case */
    private synchronized void catchUpWith(long target, int drawn) {
        if (screen == null) {
            begin(0);
        }
        try {
            advance(target, drawn);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "The screen of a terminal failed and begins anew; the terminal itself goes on", e);
            begin(Math.max(target, screen.written()));
            seen = screen.written();
        }
    }

    private void advance(long target, int drawn) {
        long drawFrom = target - drawn;
        byte[] piece = new byte[(int) Math.max(1, Math.min(PIECE, target - screen.written()))];
        while (true) {
            long limit = Math.min(target, nextEvent());
            if (screen.written() >= limit) {
                if (screen.written() >= target && !hasDueEvent()) {
                    break;
                }
                runEvent();
            } else if (screen.written() < drawFrom) {
                skim(Math.min(limit, drawFrom), piece);
            } else {
                draw(limit, piece);
            }
            seen = screen.written();
        }
    }

    private void begin(long offset) {
        screen = new Screen(current.cols(), current.rows());
        screen.skip(offset);
    }

    private void skim(long limit, byte[] piece) {
        long from = screen.written();
        long plain = Math.min(limit, scanned);
        if (plain > from && screen.atRest() && lastSequence < from) {
            screen.skip(plain - from);
            return;
        }
        int count = read(limit, piece);
        if (count > 0) {
            screen.skim(piece, 0, count);
        }
    }

    private void draw(long limit, byte[] piece) {
        int count = read(limit, piece);
        if (count > 0) {
            screen.write(piece, 0, count);
        }
    }

    private int read(long limit, byte[] piece) {
        int count = log.read(screen.written(), piece, 0, (int) Math.min(piece.length, limit - screen.written()));
        if (count == OutputLog.OVERTAKEN) {
            // it could not be told in time: begin with what is there
            begin(Math.max(screen.written(), log.oldest()));
        }
        return count;
    }

    private long nextEvent() {
        synchronized (events) {
            return events.isEmpty() ? Long.MAX_VALUE : events.getFirst().offset();
        }
    }

    private boolean hasDueEvent() {
        return nextEvent() <= screen.written();
    }

    private void runEvent() {
        Event event;
        synchronized (events) {
            event = events.removeFirst();
        }
        event.action().accept(screen);
    }
}
