package dev.cockpitcoder.screen;

import java.util.Arrays;

/**
 * A line of cells. Those after the last that was touched are blank and take no memory; a screen that becomes narrower leaves the rest
 * of its rows alone, so that it is there again when the screen becomes wider.
 */
final class Row {
    /** The second column of a wide character. */
    static final int CONTINUED = 1 << 30;

    private static final int WIDE = 1 << 29;
    /** What follows is a number of {@link Clusters}. */
    private static final int CLUSTER = 1 << 28;

    private static final int CONTENT = CLUSTER - 1;
    private static final int BLANK = 0;
    private static final int[] NO_CELLS = {};
    private static final Pen[] NO_PENS = {};

    private int[] cells = NO_CELLS;
    private Pen[] pens = NO_PENS;
    private int used;
    /** Whether it goes on with the line before it. */
    private boolean wrapped;

    Row() {}

    static Row erased(Pen pen, int cols) {
        Row row = new Row();
        row.fill(0, cols, pen);
        return row;
    }

    boolean wrapped() {
        return wrapped;
    }

    void wrapped(boolean now) {
        wrapped = now;
    }

    /** The columns after this are blank. */
    int used() {
        return used;
    }

    Pen pen(int x) {
        return x < used ? pens[x] : Pen.PLAIN;
    }

    boolean blank(int x) {
        return x >= used || cells[x] == BLANK;
    }

    boolean wide(int x) {
        return x >= 0 && x < used && (cells[x] & WIDE) != 0;
    }

    boolean continued(int x) {
        return x < used && cells[x] == CONTINUED;
    }

    /** Appends what the cell shows: at least a space, and nothing for the second column of a wide character. */
    void text(int x, Clusters clusters, StringBuilder out) {
        int content = x < used ? cells[x] & CONTENT : 0;
        if (x < used && (cells[x] & CLUSTER) != 0) {
            out.append(clusters.text(content));
        } else if (!continued(x)) {
            out.appendCodePoint(content == 0 ? ' ' : content);
        }
    }

    private void reach(int length) {
        if (length > cells.length) {
            int room = Math.max(length, Math.min(length + 16, cells.length * 2));
            cells = Arrays.copyOf(cells, room);
            pens = Arrays.copyOf(pens, room);
        }
        if (length > used) {
            Arrays.fill(cells, used, length, BLANK);
            Arrays.fill(pens, used, length, Pen.PLAIN);
            used = length;
        }
    }

    /** Single-width characters below U+0080. */
    void ascii(int x, byte[] bytes, int from, int count, Pen pen) {
        reach(x + count);
        for (int i = 0; i < count; i++) {
            cells[x + i] = bytes[from + i];
        }
        Arrays.fill(pens, x, x + count, pen);
    }

    void set(int x, int codePoint, int width, Pen pen) {
        reach(x + width);
        cells[x] = width == 2 ? codePoint | WIDE : codePoint;
        pens[x] = pen;
        if (width == 2) {
            cells[x + 1] = CONTINUED;
            pens[x + 1] = pen;
        }
    }

    void erase(int x, Pen pen) {
        fill(x, x + 1, pen);
    }

    /** Adds a mark to the character there. */
    void combine(int x, int codePoint, Clusters clusters) {
        reach(x + 1);
        StringBuilder text = new StringBuilder();
        if (!blank(x)) {
            text(x, clusters, text);
        }
        int number = clusters.number(text.appendCodePoint(codePoint).toString());
        if (number >= 0) {
            cells[x] = cells[x] & WIDE | CLUSTER | number;
        }
    }

    /** Makes the cells blank. */
    void fill(int from, int to, Pen pen) {
        if (pen == Pen.PLAIN && to >= used) {
            used = Math.min(used, from);
        } else if (from < to) {
            reach(to);
            Arrays.fill(cells, from, to, BLANK);
            Arrays.fill(pens, from, to, pen);
        }
    }

    /** The same for the whole row, beyond its visible end too. */
    void clear(int cols, Pen pen) {
        used = 0;
        fill(0, cols, pen);
    }

    /** All cells show this character. */
    void cover(int cols, int codePoint, Pen pen) {
        used = 0;
        reach(cols);
        Arrays.fill(cells, 0, cols, codePoint);
        Arrays.fill(pens, 0, cols, pen);
    }

    /** Makes those cells blank that are not protected. */
    void fillUnprotected(int from, int to, Pen pen) {
        for (int x = from; x < to; x++) {
            if (!pen(x).has(Pen.PROTECTED)) {
                fill(x, x + 1, pen);
            }
        }
    }

    /** Moves what is at {@code x} to the right. */
    void insert(int x, int count, int cols, Pen pen) {
        int shifted = Math.min(count, cols - x);
        int moved = Math.min(used, cols) - x;
        if (moved > 0) {
            reach(cols);
            System.arraycopy(cells, x, cells, x + shifted, cols - x - shifted);
            System.arraycopy(pens, x, pens, x + shifted, cols - x - shifted);
        }
        fill(x, x + shifted, pen);
        cut(cols);
    }

    /** Moves what is right of {@code x} there. */
    void delete(int x, int count, int cols, Pen pen) {
        cut(cols);
        int shifted = Math.min(count, cols - x);
        if (x < used) {
            reach(cols);
            System.arraycopy(cells, x + shifted, cells, x, cols - x - shifted);
            System.arraycopy(pens, x + shifted, pens, x, cols - x - shifted);
        }
        fill(cols - shifted, cols, pen);
    }

    private void cut(int cols) {
        used = Math.min(used, cols);
    }

    /** Gives back the memory that it does not need: for rows that change no more. */
    void compact() {
        while (used > 0 && cells[used - 1] == BLANK && pens[used - 1] == Pen.PLAIN) {
            used--;
        }
        if (cells.length == used) {
            return;
        }
        cells = Arrays.copyOf(cells, used);
        pens = Arrays.copyOf(pens, used);
    }
}
