package dev.cockpitcoder.terminal;

import java.time.Duration;

/** What was started on a terminal. Safe for several threads. */
public interface Program {
    /**
     * Waits for the program itself: what it started may live on, and output of it may still come.
     *
     * @return its exit code; 128 + n when signal n ended it
     */
    int waitFor() throws InterruptedException;

    /** Waits until the terminal has ended and its output was told, at most so long; says whether that came. */
    boolean ends(Duration within) throws InterruptedException;

    /** Whether the terminal was closed while the program ran, by whomever: then its exit code says little. */
    boolean closed();

    /** Ends the terminal with its whole process tree and waits for it, for about six seconds at most. */
    void end();
}
