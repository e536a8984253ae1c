package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds back what is typed before a new shell asks for it. A shell that is still reading its start files has the terminal in line
 * mode and then changes it: input that waits there is echoed twice, and an end-of-file in it is lost. So the first input waits until
 * the shell has written something and fallen silent, and then goes in line by line, as from a person who reads the prompt.
 *
 * <p>For the one thread that writes input; {@link #output()} is for the one that reads output.
 */
final class TypeAhead {
    private static final long PROMPT_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long PROMPT_SILENCE_NANOS = Duration.ofMillis(60).toNanos();
    private static final long LINE_NANOS = Duration.ofMillis(300).toNanos();
    private static final long LINE_SILENCE_NANOS = Duration.ofMillis(40).toNanos();
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();
    private static final int MAX_LINES = 16;
    private static final long NEVER = 0;

    private final Pty pty;
    /** When the shell was started, then when a line was last written. */
    private long waitingSince = System.nanoTime();

    private volatile long lastOutputAt = NEVER;
    private volatile boolean over;
    private int lines;

    TypeAhead(Pty pty) {
        this.pty = pty;
    }

    /** The shell wrote something. */
    void output() {
        if (!over) {
            lastOutputAt = System.nanoTime() | 1;
        }
    }

    /** Nothing is waiting any more: from here on input goes straight in. */
    void caughtUp() {
        over = true;
    }

    /** Whether {@link #write} takes a key now without waiting for anything. */
    boolean writesAtOnce() {
        return over && pty.writable();
    }

    /** Writes input when the time has come for it. */
    void write(byte[] bytes) throws IOException {
        int from = 0;
        while (!over && from < bytes.length) {
            awaitSilence();
            int end = endOfLine(bytes, from);
            waitingSince = System.nanoTime();
            pty.write(bytes, from, end - from);
            from = end;
            if (++lines == MAX_LINES) {
                caughtUp();
            }
        }
        if (from < bytes.length) {
            pty.write(bytes, from, bytes.length - from);
        }
    }

    private void awaitSilence() {
        long limit = lines == 0 ? PROMPT_NANOS : LINE_NANOS;
        long silence = lines == 0 ? PROMPT_SILENCE_NANOS : LINE_SILENCE_NANOS;
        while (!isSilent(silence)
                && System.nanoTime() - waitingSince < limit
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** Whether the shell has written something since, and nothing lately. */
    private boolean isSilent(long silence) {
        long last = lastOutputAt;
        return last != NEVER && last - waitingSince > 0 && System.nanoTime() - last > silence;
    }

    private static int endOfLine(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\r' && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, bytes.length);
    }
}
