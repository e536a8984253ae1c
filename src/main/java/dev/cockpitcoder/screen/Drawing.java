package dev.cockpitcoder.screen;

/** What a screen is made of, and how characters get onto it. */
final class Drawing {
    private final History history = new History();
    private final Buffer main;
    private final Buffer alt;
    private final Modes modes = new Modes();
    private final Charsets charsets = new Charsets();
    private final Clusters clusters = new Clusters();
    private final Palette palette = new Palette();
    private Buffer buffer;
    private Pen pen = Pen.PLAIN;
    private String title = "";
    /** The character that was printed last, when nothing has come since; it can be repeated, and marks combine with it. */
    private int preceding;

    Drawing(int cols, int rows) {
        main = new Buffer(cols, rows, history);
        alt = new Buffer(cols, rows, null);
        buffer = main;
    }

    Buffer buffer() {
        return buffer;
    }

    Buffer main() {
        return main;
    }

    History history() {
        return history;
    }

    Modes modes() {
        return modes;
    }

    Charsets charsets() {
        return charsets;
    }

    Clusters clusters() {
        return clusters;
    }

    Palette palette() {
        return palette;
    }

    Pen pen() {
        return pen;
    }

    void pen(Pen changed) {
        pen = changed;
    }

    String title() {
        return title;
    }

    void title(String changed) {
        title = changed;
    }

    boolean alternate() {
        return buffer == alt;
    }

    /** RIS. */
    void reset() {
        main.reset();
        alt.reset();
        history.clear();
        modes.reset();
        charsets.reset();
        palette.reset();
        pen = Pen.PLAIN;
        buffer = main;
    }

    void resize(int cols, int rows) {
        main.resize(cols, rows);
        alt.resize(cols, rows);
    }

    void showAlternate() {
        if (buffer != alt) {
            alt.renew(pen.erasing());
            alt.x = main.x;
            alt.y = main.y;
            buffer = alt;
        }
    }

    void showMain() {
        if (buffer != main) {
            main.x = alt.x;
            main.y = alt.y;
            buffer = main;
        }
    }

    void save() {
        buffer.save(pen, charsets.current());
    }

    void restore() {
        buffer.x = buffer.savedX();
        buffer.y = buffer.savedY();
        pen = buffer.savedPen();
        charsets.current(buffer.savedCharset());
        restrict(buffer.cols() - 1);
    }

    /** Keeps the cursor where it may be. */
    void restrict(int lastColumn) {
        boolean origin = modes.origin();
        buffer.x = Math.max(0, Math.min(lastColumn, buffer.x));
        buffer.y = Math.max(origin ? buffer.top : 0, Math.min(origin ? buffer.bottom : buffer.rows() - 1, buffer.y));
    }

    /** To a position in the region where that is the origin. */
    void moveTo(int x, int y) {
        buffer.x = x;
        buffer.y = modes.origin() ? buffer.top + y : y;
        restrict(buffer.cols() - 1);
    }

    void moveBy(int columns, int lines) {
        restrict(buffer.cols() - 1);
        moveTo(buffer.x + columns, buffer.y + lines);
    }

    void index(boolean wrapped) {
        if (buffer.y == buffer.bottom) {
            buffer.scrollUp(pen.erasing(), wrapped);
            return;
        }
        buffer.y = Math.min(buffer.rows() - 1, buffer.y + 1);
        if (wrapped) {
            buffer.line().wrapped(true);
        }
    }

    void printAscii(byte[] bytes, int from, int to) {
        preceding = bytes[to - 1];
        if (modes.insert() || !modes.autowrap() || !charsets.isAscii()) {
            for (int i = from; i < to; i++) {
                print(bytes[i]);
            }
            return;
        }
        splitWideBefore();
        for (int i = from; i < to; ) {
            wrapIfNeeded(1);
            int count = Math.min(to - i, buffer.cols() - buffer.x);
            buffer.line().ascii(buffer.x, bytes, i, count, pen);
            buffer.x += count;
            i += count;
        }
        splitWideAfter();
    }

    void print(int codePoint) {
        splitWideBefore();
        put(charsets.isAscii() ? codePoint : charsets.shown(codePoint));
        splitWideAfter();
    }

    /** What comes next is a control: a mark after it has nothing to combine with, and nothing can be repeated. */
    void interrupted() {
        preceding = 0;
    }

    /** Prints the last character again, with its marks. */
    void repeat(int times) {
        int width = preceding == 0 ? 0 : Widths.of(preceding);
        int x = buffer.x - width;
        long most = (long) buffer.cols() * buffer.rows();
        if (width > 0 && x >= 0) {
            StringBuilder again = new StringBuilder();
            buffer.line().text(x, clusters, again);
            int[] codePoints = again.codePoints().toArray();
            for (int i = 0; i < Math.min(times, most); i++) {
                for (int codePoint : codePoints) {
                    print(codePoint);
                }
            }
        }
        preceding = 0;
    }

    private void put(int codePoint) {
        int width = Widths.of(codePoint);
        if (width == 0) {
            combine(codePoint);
            return;
        }
        preceding = codePoint;
        if (!wrapIfNeeded(width)) {
            return;
        }
        Row line = buffer.line();
        if (modes.insert()) {
            insertCells(line, buffer.x, width, pen);
        }
        line.set(buffer.x, codePoint, width, pen);
        buffer.x += width;
    }

    private void combine(int mark) {
        if (buffer.x > 0) {
            int x = buffer.x - 1;
            Row line = buffer.line();
            line.combine(x > 0 && line.continued(x) ? x - 1 : x, mark, clusters);
        }
    }

    /** @return false when there is no room for a character of this width */
    private boolean wrapIfNeeded(int width) {
        if (buffer.x + width <= buffer.cols()) {
            return true;
        }
        if (!modes.autowrap()) {
            buffer.x = buffer.cols() - 1;
            return width == 1;
        }
        if (buffer.x < buffer.cols()) {
            buffer.line().fill(buffer.x, buffer.cols(), pen);
        }
        buffer.x = 0;
        index(true);
        return true;
    }

    /** A wide character of which one column is overwritten is gone. */
    private void splitWideBefore() {
        if (buffer.x > 0 && buffer.line().wide(buffer.x - 1)) {
            buffer.line().erase(buffer.x - 1, pen);
        }
    }

    private void splitWideAfter() {
        if (buffer.x < buffer.cols() && buffer.line().continued(buffer.x)) {
            buffer.line().erase(buffer.x, pen);
        }
    }

    void insertCells(Row line, int x, int count, Pen blank) {
        if (line.wide(x - 1)) {
            line.erase(x - 1, blank);
        }
        line.insert(x, count, buffer.cols(), blank);
        if (line.wide(buffer.cols() - 1)) {
            line.erase(buffer.cols() - 1, blank);
        }
    }

    void deleteCells(Row line, int x, int count, Pen blank) {
        line.delete(x, count, buffer.cols(), blank);
        if (line.wide(x - 1)) {
            line.erase(x - 1, blank);
        }
        if (line.continued(x)) {
            line.erase(x, blank);
        }
    }

    /** @param selective leaves what is protected */
    void eraseCells(Row line, int from, int to, boolean selective) {
        Pen blank = pen.erasing();
        int end = Math.min(to, buffer.cols());
        if (line.wide(from - 1)) {
            line.erase(from - 1, blank);
        }
        if (end < buffer.cols() && line.wide(end - 1)) {
            line.erase(end, blank);
        }
        if (selective) {
            line.fillUnprotected(from, end, blank);
        } else {
            line.fill(from, end, blank);
        }
    }
}
