package dev.cockpitcoder.workspace;

import java.util.Locale;

/** What becomes of a file. */
public enum ChangeType {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED;

    /** As clients read it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
