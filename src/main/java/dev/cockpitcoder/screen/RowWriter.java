package dev.cockpitcoder.screen;

/** Writes rows as text with renditions. Each begins and ends with a plain pen. */
final class RowWriter {
    private static final int SURE_WIDTHS_BELOW = 0x2500;
    private static final int SURE_WIDE_FIRST = 0x3041;
    private static final int SURE_WIDE_LAST = 0xffdc;

    private final Clusters clusters;
    private final StringBuilder out;
    private Pen pen = Pen.PLAIN;
    private boolean aligned = true;
    /** The line it is on was begun by the character that did not fit into the one before, and has that one's color. */
    private boolean colored;

    RowWriter(Clusters clusters, StringBuilder out) {
        this.clusters = clusters;
        this.out = out;
    }

    /**
     * Writes what is in a row whose cells are blank.
     *
     * @param full with spaces up to the last column, so that what follows goes to the next line by itself
     */
    void row(Row row, int cols, boolean full) {
        colored = row.wrapped();
        int end = full ? cols : visibleEnd(row, cols);
        for (int x = 0; x < end; ) {
            int blanks = full ? 0 : blanks(row, x, end);
            if (blanks > 0) {
                skip(row.pen(x), blanks);
                x += blanks;
            } else {
                x = cell(row, x, cols);
            }
        }
        use(Pen.PLAIN);
        if (colored && end < cols) {
            out.append("\u001b[K");
        }
    }

    /** The same for a row that need not begin at the left margin, or is too long for the screen. */
    void free(Row row, int cols, boolean full) {
        aligned = false;
        row(row, cols, full);
        aligned = true;
    }

    private static int visibleEnd(Row row, int cols) {
        int end = Math.min(row.used(), cols);
        while (end > 0 && row.blank(end - 1) && row.pen(end - 1) == Pen.PLAIN) {
            end--;
        }
        return end;
    }

    /** How many cells from here on are erased ones of the same color. */
    private static int blanks(Row row, int from, int end) {
        Pen first = row.pen(from);
        if (!first.equals(first.erasing())) {
            return 0;
        }
        int x = from;
        while (x < end && row.blank(x) && row.pen(x).equals(first)) {
            x++;
        }
        return x - from;
    }

    private void skip(Pen erased, int count) {
        use(erased);
        if (colored || erased != Pen.PLAIN) {
            out.append("\u001b[").append(count).append('X');
        }
        out.append("\u001b[").append(count).append('C');
    }

    /** @return the column after it */
    int cell(Row row, int x, int cols) {
        boolean wide = row.wide(x) && x + 1 < cols && row.continued(x + 1);
        use(row.pen(x));
        int before = out.length();
        if (row.wide(x) && !wide || row.continued(x)) {
            out.append(' ');
        } else {
            row.text(x, clusters, out);
        }
        int next = wide ? x + 2 : x + 1;
        if (aligned && next < cols && !sureWidth(out.codePointAt(before), out.length() - before)) {
            out.append("\u001b[").append(next + 1).append('G');
        }
        return next;
    }

    /** Terminals have different ideas of how wide the others are. */
    private static boolean sureWidth(int codePoint, int chars) {
        return chars == 1
                && (codePoint < SURE_WIDTHS_BELOW || codePoint >= SURE_WIDE_FIRST && codePoint <= SURE_WIDE_LAST);
    }

    /** Writes with this pen from here on. */
    void use(Pen wanted) {
        if (wanted.equals(pen)) {
            return;
        }
        Rendition.write(wanted, out);
        if (wanted.has(Pen.PROTECTED) != pen.has(Pen.PROTECTED)) {
            out.append(wanted.has(Pen.PROTECTED) ? "\u001b[1\"q" : "\u001b[0\"q");
        }
        if (wanted.link() == null ? pen.link() != null : !wanted.link().equals(pen.link())) {
            out.append("\u001b]8;")
                    .append(wanted.link() == null ? ";" : wanted.link())
                    .append("\u001b\\");
        }
        pen = wanted;
    }
}
