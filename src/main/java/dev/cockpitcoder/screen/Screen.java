package dev.cockpitcoder.screen;

/**
 * A terminal's screen, drawn from its output. It never answers: what it would answer to the queries in its output can be asked of it.
 * For one thread at a time.
 */
public final class Screen {
    private static final int MIN_COLS = 2;
    private static final byte ESC = 0x1b;
    private static final byte SHIFT_OUT = 0x0e;
    private static final byte SHIFT_IN = 0x0f;

    private final Utf8 utf8 = new Utf8();
    private final SequenceParser parser;
    private final Drawing drawing;
    private long written;
    private long settled;

    public Screen(int cols, int rows) {
        drawing = new Drawing(Math.max(MIN_COLS, cols), rows);
        parser = new SequenceParser(new Functions(drawing));
    }

    /** Takes output in, however it is split. */
    public void write(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; ) {
            if (atRest()) {
                int text = endOfAscii(bytes, i, end);
                if (text > i) {
                    drawing.printAscii(bytes, i, text);
                    i = text;
                    continue;
                }
                settled = written + i - from;
            }
            int code = utf8.next(bytes[i++]);
            if (code != Utf8.NONE) {
                parser.next(code);
            }
        }
        written += length;
        if (atRest()) {
            settled = written;
        }
    }

    private static int endOfAscii(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] >= ' ' && bytes[i] != 0x7f) {
            i++;
        }
        return i;
    }

    /**
     * Takes output in without drawing its text, for output that is too much to be drawn: what the screen shows of it is made good by what
     * comes after, and its modes stay right.
     */
    public void skim(byte[] bytes, int from, int length) {
        int end = from + length;
        for (int i = from; i < end; i++) {
            if (atRest()) {
                i = nextSequence(bytes, i, end);
                if (i == end) {
                    break;
                }
                settled = written + i - from;
            }
            int code = utf8.next(bytes[i]);
            if (code != Utf8.NONE) {
                parser.next(code);
            }
        }
        written += length;
        if (atRest()) {
            settled = written;
        }
    }

    private static int nextSequence(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != ESC && bytes[i] != SHIFT_OUT && bytes[i] != SHIFT_IN) {
            i++;
        }
        return i;
    }

    /** The same for text without any sequence, that need not be looked at. Only between sequences. */
    public void skip(long bytes) {
        written += bytes;
        settled = written;
    }

    /** Whether it is between characters and sequences. */
    public boolean atRest() {
        return parser.atRest() && utf8.atRest();
    }

    /** How many bytes it has taken in. */
    public long written() {
        return written;
    }

    /** How many bytes it has taken in before the character or sequence that is not complete yet: the screen is that after those. */
    public long settled() {
        return settled;
    }

    public void resize(int cols, int rows) {
        drawing.resize(Math.max(MIN_COLS, cols), rows);
    }

    /** Escape sequences that reset a terminal of this size and make it show this screen, in these modes, with its latest history. */
    public String snapshot() {
        return new ScreenWriter(drawing).text();
    }

    /** Whether it is the one of full-screen programs. */
    public boolean alternate() {
        return drawing.alternate();
    }

    public int cursorRow() {
        return drawing.buffer().y + 1;
    }

    /** Beyond the last column while the next character goes to the next line. */
    public int cursorColumn() {
        return drawing.buffer().x + 1;
    }

    /** What DECRQM answers about a mode. */
    public int modeState(int mode, boolean dec) {
        if (!dec) {
            return drawing.modes().ansiState(mode);
        }
        return switch (mode) {
            case 47, 1047, 1049 -> drawing.alternate() ? 1 : 2;
            case 1048 -> 1;
            default -> drawing.modes().decState(mode);
        };
    }

    /** What DECRQSS answers to this question; null when it is not known. */
    public String setting(String question) {
        return switch (question) {
            case "\"q" -> (drawing.pen().has(Pen.PROTECTED) ? 1 : 0) + "\"q";
            case "\"p" -> "61;1\"p";
            case "r" -> (drawing.buffer().top + 1) + ";" + (drawing.buffer().bottom + 1) + "r";
            case "m" -> {
                StringBuilder rendition = new StringBuilder();
                Rendition.write(drawing.pen(), rendition);
                yield rendition.substring(2);
            }
            case " q" -> drawing.modes().cursorStyle() + " q";
            default -> null;
        };
    }
}
