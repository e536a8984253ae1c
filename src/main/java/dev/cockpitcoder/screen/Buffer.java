package dev.cockpitcoder.screen;

import java.util.BitSet;

/** One of the two screens of a terminal: its rows, its cursor, its scroll region and its tab stops. */
final class Buffer {
    private static final int TAB = 8;

    private final History history;
    private Row[] lines;
    private int cols;
    int x;
    int y;
    /** The scroll region, both rows in it. */
    int top;

    int bottom;

    private int savedX;
    private int savedY;
    private Pen savedPen = Pen.PLAIN;
    private char savedCharset = Charsets.ASCII;
    private final BitSet tabs = new BitSet();

    /** @param history where lines go that leave at the top; null when they are lost */
    Buffer(int cols, int rows, History history) {
        this.history = history;
        this.cols = cols;
        this.lines = new Row[rows];
        for (int i = 0; i < rows; i++) {
            lines[i] = new Row();
        }
        this.bottom = rows - 1;
        defaultTabs(0);
    }

    int cols() {
        return cols;
    }

    int rows() {
        return lines.length;
    }

    Row line(int at) {
        return lines[at];
    }

    Row line() {
        return lines[y];
    }

    boolean cursorInRegion() {
        return y >= top && y <= bottom;
    }

    /** Moves the lines of the region up; those that leave at the top of the screen are history. */
    void scrollUp(Pen pen, boolean wrapped) {
        Row leaving = lines[top];
        if (top == 0 && history != null) {
            history.add(leaving);
            savedY = Math.max(0, savedY - 1);
            leaving = new Row();
        }
        shiftUp(top, leaving, pen);
        lines[bottom].wrapped(wrapped);
    }

    /** The lines below {@code from} go up by one, and the last of the region is blank. */
    void deleteLine(int from, Pen pen) {
        shiftUp(from, lines[from], pen);
    }

    private void shiftUp(int from, Row reused, Pen pen) {
        System.arraycopy(lines, from + 1, lines, from, bottom - from);
        lines[bottom] = blank(reused, pen);
    }

    /** The lines from {@code from} on go down by one, and the last of the region is lost. */
    void insertLine(int from, Pen pen) {
        Row reused = lines[bottom];
        System.arraycopy(lines, from, lines, from + 1, bottom - from);
        lines[from] = blank(reused, pen);
    }

    private Row blank(Row row, Pen pen) {
        row.clear(cols, pen);
        row.wrapped(false);
        return row;
    }

    /** As if it were new, but for its size, its cursor and the saved one. */
    void renew(Pen pen) {
        for (Row row : lines) {
            blank(row, pen);
        }
        top = 0;
        bottom = lines.length - 1;
        tabs.clear();
        defaultTabs(0);
    }

    void reset() {
        renew(Pen.PLAIN);
        x = 0;
        y = 0;
        forgetSaved();
    }

    void save(Pen pen, char charset) {
        savedX = x;
        savedY = y;
        savedPen = pen;
        savedCharset = charset;
    }

    void forgetSaved() {
        savedX = 0;
        savedY = 0;
        savedPen = Pen.PLAIN;
        savedCharset = Charsets.ASCII;
    }

    boolean hasSaved() {
        return savedX != 0 || savedY != 0 || savedPen != Pen.PLAIN || savedCharset != Charsets.ASCII;
    }

    int savedX() {
        return savedX;
    }

    int savedY() {
        return savedY;
    }

    Pen savedPen() {
        return savedPen;
    }

    char savedCharset() {
        return savedCharset;
    }

    private void defaultTabs(int from) {
        for (int i = (from + TAB - 1) / TAB * TAB; i < cols; i += TAB) {
            tabs.set(i);
        }
    }

    void setTab() {
        if (x < cols) {
            tabs.set(x);
        }
    }

    void clearTab() {
        tabs.clear(x);
    }

    void clearTabs() {
        tabs.clear();
    }

    int nextTab(int from) {
        int next = tabs.nextSetBit(from + 1);
        return next < 0 || next >= cols ? cols - 1 : next;
    }

    int previousTab(int from) {
        return from <= 0 ? 0 : Math.max(0, tabs.previousSetBit(from - 1));
    }

    /** Whether somebody has changed them. */
    boolean hasOwnTabs() {
        BitSet usual = new BitSet();
        for (int i = 0; i < cols; i += TAB) {
            usual.set(i);
        }
        return !tabs.get(0, cols).equals(usual);
    }

    BitSet tabs() {
        return tabs.get(0, cols);
    }

    /** Lines are neither joined nor broken anew: those that are too long end at the margin. */
    void resize(int newCols, int newRows) {
        if (newCols > cols) {
            int before = cols;
            cols = newCols;
            defaultTabs(before);
        }
        cols = newCols;
        resizeRows(newRows);
        x = Math.min(x, cols - 1);
        y = Math.min(y, newRows - 1);
        savedX = Math.min(savedX, cols - 1);
        savedY = Math.min(savedY, newRows - 1);
        top = 0;
        bottom = newRows - 1;
    }

    private void resizeRows(int newRows) {
        int rows = lines.length;
        if (newRows == rows) {
            return;
        }
        // the blank part below the cursor goes first; what does not fit then leaves at the top
        int above = Math.max(0, Math.min(rows, y + 1) - newRows);
        for (int i = 0; i < above && history != null; i++) {
            history.add(lines[i]);
        }
        Row[] resized = new Row[newRows];
        int back = 0;
        if (newRows > rows && y == rows - 1 && history != null) {
            back = Math.min(newRows - rows, history.size());
            for (int i = back - 1; i >= 0; i--) {
                resized[i] = history.takeLast();
            }
            y += back;
            savedY += back;
        }
        for (int i = back; i < newRows; i++) {
            int from = i - back + above;
            resized[i] = from < rows ? lines[from] : new Row();
        }
        savedY = Math.max(0, savedY - above);
        lines = resized;
    }
}
