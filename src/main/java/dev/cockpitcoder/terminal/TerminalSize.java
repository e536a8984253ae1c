package dev.cockpitcoder.terminal;

/** A terminal's size in character cells, each 1 to 1000. */
record TerminalSize(int cols, int rows) {
    static final TerminalSize DEFAULT = new TerminalSize(80, 24);
    private static final int MAX = 1000;

    TerminalSize {
        if (!valid(cols) || !valid(rows)) {
            throw new IllegalArgumentException("cols and rows must be 1 to " + MAX);
        }
    }

    static boolean valid(long cells) {
        return cells >= 1 && cells <= MAX;
    }
}
