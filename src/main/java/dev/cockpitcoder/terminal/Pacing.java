package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How the reader of a terminal and its viewers keep in step. With {@link Drain#LATEST} the reader never waits, and a viewer does not
 * spend its time on what was written before somebody interrupted the program: Ctrl-C shows its effect at once. With {@link Drain#LOSSLESS} the reader
 * waits for the viewers that count, and soon the kernel lets the program wait too.
 */
final class Pacing {
    /** How much a lossless program may be ahead. It is little, because Ctrl-C shows its effect only after it. */
    static final int MAX_AHEAD = 64 * 1024;

    private static final byte CTRL_C = 3;
    private static final byte CTRL_Z = 26;
    private static final byte CTRL_BACKSLASH = 28;
    /** How long an interrupted program may still write what it wrote before. */
    private static final long REACTION_NANOS = Duration.ofMillis(250).toNanos();

    private final OutputLog log;
    private final Viewers viewers;
    private final Duration pauseLimit;
    private final Traffic traffic;
    private volatile Drain drain;
    private volatile boolean waiting;
    private volatile boolean interrupted;
    private volatile long interruptedAt;
    private volatile long staleBefore;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean over;

    /** @param pauseLimit how long a viewer may hold the reader without taking anything */
    Pacing(OutputLog log, Viewers viewers, Drain drain, Duration pauseLimit, Traffic traffic) {
        this.log = log;
        this.viewers = viewers;
        this.drain = drain;
        this.pauseLimit = pauseLimit;
        this.traffic = traffic;
    }

    Drain drain() {
        return drain;
    }

    void drain(Drain wanted) {
        drain = wanted;
        moved();
    }

    /** Somebody typed. What comes after that is the answer, but for a program that is interrupted: it has to hear of it first. */
    void typed(byte[] bytes) {
        boolean interrupts = interrupts(bytes);
        if (interrupts) {
            staleBefore = log.head();
            interruptedAt = System.nanoTime();
        }
        interrupted = interrupts;
    }

    private static boolean interrupts(byte[] bytes) {
        for (byte each : bytes) {
            if (each == CTRL_C || each == CTRL_Z || each == CTRL_BACKSLASH) {
                return true;
            }
        }
        return false;
    }

    /** A viewer that lags need not be sent what is before this offset; 0 when it must be. */
    long staleBefore() {
        return drain == Drain.LATEST ? staleBefore : 0;
    }

    /** Output was put into the log: for the reader, which may be held here. */
    void appended() {
        if (interrupted) {
            staleBefore = log.head();
            interrupted = System.nanoTime() - interruptedAt < REACTION_NANOS;
        }
        if (drain == Drain.LOSSLESS && behind() != null) {
            hold();
        }
    }

    private void hold() {
        lock.lock();
        try {
            // before looking at the viewers: one that moves afterwards must see it
            waiting = true;
            long since = System.nanoTime();
            for (Viewer behind; (behind = behind()) != null; ) {
                long left = pauseLimit.toNanos() - (System.nanoTime() - behind.movedSince(since));
                if (left <= 0) {
                    behind.waitForItNoMore();
                } else {
                    traffic.pausedNanos.add(left - changed.awaitNanos(left));
                }
            }
        } catch (InterruptedException stopping) {
            over = true;
            Thread.currentThread().interrupt();
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    /** A viewer the reader has to wait for; null when there is none. */
    private Viewer behind() {
        if (over || drain != Drain.LOSSLESS) {
            return null;
        }
        long enough = log.head() - MAX_AHEAD;
        for (Viewer viewer : viewers.thatCount()) {
            if (viewer.isWaitedFor() && viewer.cursor() < enough) {
                return viewer;
            }
        }
        return null;
    }

    /** A viewer went on, or away. */
    void moved() {
        if (waiting) {
            wake();
        }
    }

    /** Nothing waits any more: the terminal is being ended. */
    void release() {
        over = true;
        wake();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
