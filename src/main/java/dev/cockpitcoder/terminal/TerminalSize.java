package dev.cockpitcoder.terminal;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** A terminal's size in character cells, each 1 to 1000. */
public record TerminalSize(int cols, int rows) {
    static final TerminalSize DEFAULT = new TerminalSize(80, 24);
    private static final int MAX = 1000;

    public TerminalSize {
        if (!valid(cols) || !valid(rows)) {
            throw new IllegalArgumentException("cols and rows must be 1 to " + MAX);
        }
    }

    /**
     * What a client asks for.
     *
     * @param cols null for 80; {@code rows}: 24
     * @throws ProblemException INVALID
     */
    public static TerminalSize wanted(Integer cols, Integer rows) {
        int wantedCols = cols == null ? DEFAULT.cols : cols;
        int wantedRows = rows == null ? DEFAULT.rows : rows;
        if (!valid(wantedCols) || !valid(wantedRows)) {
            throw new ProblemException(ProblemCode.INVALID, "cols and rows must be 1 to 1000.");
        }
        return new TerminalSize(wantedCols, wantedRows);
    }

    static boolean valid(long cells) {
        return cells >= 1 && cells <= MAX;
    }
}
