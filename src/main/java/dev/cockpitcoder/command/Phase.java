package dev.cockpitcoder.command;

import java.util.Locale;

/** How far a command got. */
public enum Phase {
    RUNNING,
    /** Ended by itself with exit code 0. */
    COMPLETED,
    /** Ended by itself, or by a signal of somebody else, with another exit code. */
    FAILED,
    TIMED_OUT,
    CANCELLED,
    /** The server stopped or died meanwhile. */
    INTERRUPTED;

    static Phase of(int exitCode) {
        return exitCode == 0 ? COMPLETED : FAILED;
    }

    /** For JSON. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What existing clients know. */
    String status() {
        return switch (this) {
            case RUNNING -> "running";
            case COMPLETED -> "completed";
            default -> "failed";
        };
    }
}
