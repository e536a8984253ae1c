package dev.cockpitcoder.workspace;

import java.io.Serial;

/** A text is not a diff as git writes it. */
final class DiffSyntaxException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param line from 1 */
    DiffSyntaxException(int line, String expected) {
        super("Line " + line + " of the diff: " + expected);
    }
}
