package dev.cockpitcoder.terminal;

/** When people last did something about a terminal. All times are {@link System#nanoTime()}. Safe for several threads. */
final class Attendance {
    private volatile long typedAt = System.nanoTime();
    private volatile long leftAt = typedAt;
    private volatile long attendedAt = typedAt;

    void typed() {
        typedAt = System.nanoTime();
    }

    void left() {
        leftAt = System.nanoTime();
    }

    void attended() {
        attendedAt = System.nanoTime();
    }

    long typedAt() {
        return typedAt;
    }

    /** When somebody last stopped looking at it. */
    long leftAt() {
        return leftAt;
    }

    /** When somebody last asked for control: they want it to stay. */
    long attendedAt() {
        return attendedAt;
    }
}
