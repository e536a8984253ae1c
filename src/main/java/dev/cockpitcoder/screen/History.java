package dev.cockpitcoder.screen;

import java.util.ArrayDeque;
import java.util.Deque;

/** The lines that left a screen at its top, the newest of them. Bounded in lines and in cells. */
final class History {
    private static final int MAX_LINES = 1000;
    private static final int MAX_CELLS = 64 * 1024;

    private final Deque<Row> lines = new ArrayDeque<>();
    private int cells;

    void add(Row row) {
        row.compact();
        lines.addLast(row);
        cells += row.used();
        while (lines.size() > MAX_LINES || cells > MAX_CELLS && lines.size() > 1) {
            cells -= lines.removeFirst().used();
        }
    }

    Row takeLast() {
        Row last = lines.removeLast();
        cells -= last.used();
        return last;
    }

    int size() {
        return lines.size();
    }

    void clear() {
        lines.clear();
        cells = 0;
    }

    /** The oldest first. */
    Iterable<Row> lines() {
        return lines;
    }
}
