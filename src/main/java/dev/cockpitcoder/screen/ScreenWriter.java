package dev.cockpitcoder.screen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Writes a screen as the escape sequences that make a terminal of its size show the same. */
final class ScreenWriter {
    private static final int MAX_HISTORY_CHARS = 128 * 1024;

    private final Drawing drawing;
    private final Buffer main;
    private final StringBuilder out = new StringBuilder();
    private final RowWriter rows;

    ScreenWriter(Drawing drawing) {
        this.drawing = drawing;
        this.main = drawing.main();
        this.rows = new RowWriter(drawing.clusters(), out);
    }

    String text() {
        // not all terminals take a reset for the end of the newline mode
        out.append("\u001bc\u001b[20l");
        drawing.palette().write(out);
        if (!drawing.title().isEmpty()) {
            out.append("\u001b]2;").append(drawing.title()).append("\u001b\\");
        }
        flow();
        if (drawing.alternate()) {
            frame(main);
            Modes.dec(1047, true, out);
            place(drawing.buffer());
        }
        frame(drawing.buffer());
        drawing.modes().write(out);
        cursor(drawing.buffer());
        rows.use(drawing.pen());
        drawing.charsets().write(out);
        drawing.modes().writeDrawing(out);
        return out.toString();
    }

    /** The history and the rows of the main screen, one after the other, so that the history scrolls out at the top. */
    private void flow() {
        List<Row> lines = new ArrayList<>(latestHistory());
        int first = lines.size();
        for (int i = 0; i < main.rows(); i++) {
            lines.add(main.line(i));
        }
        for (int i = 0; i < lines.size(); i++) {
            Row row = lines.get(i);
            boolean goesOn = i + 1 < lines.size()
                    && lines.get(i + 1).wrapped()
                    && !lines.get(i + 1).blank(0)
                    && fits(row, i < first, i + 1 == first);
            if (i < first) {
                rows.free(row, row.used(), goesOn || row.used() > main.cols());
            } else {
                rows.row(row, main.cols(), goesOn);
            }
            if (!goesOn && i + 1 < lines.size()) {
                out.append("\r\n");
            }
        }
    }

    /** Whether the row after it can go on in the same line: of the history that is any, up to where the screen begins. */
    private boolean fits(Row row, boolean past, boolean last) {
        return !past || (last ? row.used() == main.cols() : row.used() > 0);
    }

    private Deque<Row> latestHistory() {
        Deque<Row> latest = new ArrayDeque<>();
        List<Row> all = new ArrayList<>();
        drawing.history().lines().forEach(all::add);
        int room = MAX_HISTORY_CHARS;
        for (int i = all.size() - 1; i >= 0; i--) {
            StringBuilder one = new StringBuilder();
            new RowWriter(drawing.clusters(), one).row(all.get(i), all.get(i).used(), false);
            room -= one.length();
            if (room < 0) {
                break;
            }
            latest.addFirst(all.get(i));
        }
        return latest;
    }

    private void place(Buffer buffer) {
        for (int y = 0; y < buffer.rows(); y++) {
            if (buffer.line(y).used() > 0) {
                move(y, 0);
                rows.row(buffer.line(y), buffer.cols(), false);
            }
        }
    }

    /** Tab stops, the scroll region and the saved cursor. */
    private void frame(Buffer buffer) {
        if (buffer.hasOwnTabs()) {
            out.append("\u001b[3g");
            buffer.tabs().stream().forEach(tab -> {
                move(0, tab);
                out.append("\u001bH");
            });
        }
        if (buffer.hasSaved()) {
            move(buffer.savedY(), Math.min(buffer.savedX(), buffer.cols() - 1));
            rows.use(buffer.savedPen());
            out.append("\u001b(").append(buffer.savedCharset()).append("\u001b7\u001b(B");
            rows.use(Pen.PLAIN);
        }
        if (buffer.top != 0 || buffer.bottom != buffer.rows() - 1) {
            out.append("\u001b[")
                    .append(buffer.top + 1)
                    .append(';')
                    .append(buffer.bottom + 1)
                    .append('r');
        }
    }

    private void cursor(Buffer buffer) {
        int y = buffer.y;
        if (drawing.modes().origin()) {
            Modes.dec(Modes.ORIGIN, true, out);
            y -= buffer.top;
        }
        if (buffer.x < buffer.cols()) {
            move(y, buffer.x);
            return;
        }
        // the next character goes to the next line: only a character in the last column does that
        int last = buffer.cols() - 1;
        int x = last > 0 && buffer.line().continued(last) ? last - 1 : last;
        move(y, x);
        rows.cell(buffer.line(), x, buffer.cols());
    }

    private void move(int y, int x) {
        out.append("\u001b[").append(y + 1).append(';').append(x + 1).append('H');
    }
}
