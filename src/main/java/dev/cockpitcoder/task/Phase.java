package dev.cockpitcoder.task;

import java.util.Locale;

/** How far a task got. */
public enum Phase {
    /** Waits for its turn. */
    QUEUED,
    /** Its working copy is made. */
    PREPARING,
    RUNNING,
    /** The agent asked something. */
    WAITING_APPROVAL,
    /** Its patches can be applied. */
    READY,
    FAILED,
    CANCELLED,
    /** The server stopped meanwhile; what was done is kept. */
    INTERRUPTED,
    /** Something of it is on the branch. */
    APPLIED,
    /** Its working copy is gone. */
    DISCARDED;

    /** For JSON. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What existing clients know. */
    String status() {
        return switch (this) {
            case QUEUED -> "pending";
            case PREPARING, RUNNING, WAITING_APPROVAL -> "running";
            case READY, APPLIED, DISCARDED -> "completed";
            case FAILED, CANCELLED, INTERRUPTED -> "failed";
        };
    }

    /** Whether it will change without anybody asking. */
    boolean active() {
        return this == QUEUED || this == PREPARING || this == RUNNING || this == WAITING_APPROVAL;
    }
}
