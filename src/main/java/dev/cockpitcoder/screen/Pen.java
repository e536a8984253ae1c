package dev.cockpitcoder.screen;

/**
 * How a cell is drawn.
 *
 * @param foreground, background, underlineColor see {@link Color}
 * @param style a set of the flags below
 * @param underline 0 for none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed
 * @param link what an OSC 8 said between its introducer and its end; null for none
 */
record Pen(int foreground, int background, int underlineColor, int style, int underline, String link) {
    static final int BOLD = 1;
    static final int DIM = 1 << 1;
    static final int ITALIC = 1 << 2;
    static final int BLINK = 1 << 3;
    static final int INVERSE = 1 << 4;
    static final int INVISIBLE = 1 << 5;
    static final int STRIKETHROUGH = 1 << 6;
    static final int OVERLINE = 1 << 7;
    /** Not drawn: a selective erase leaves it (DECSCA). */
    static final int PROTECTED = 1 << 8;

    static final Pen PLAIN = new Pen(Color.DEFAULT, Color.DEFAULT, Color.DEFAULT, 0, 0, null);

    Pen with(int flag) {
        return styled(style | flag);
    }

    Pen without(int flags) {
        return styled(style & ~flags);
    }

    private Pen styled(int changed) {
        return new Pen(foreground, background, underlineColor, changed, underline, link);
    }

    Pen foreground(int color) {
        return new Pen(color, background, underlineColor, style, underline, link);
    }

    Pen background(int color) {
        return new Pen(foreground, color, underlineColor, style, underline, link);
    }

    Pen underlineColor(int color) {
        return new Pen(foreground, background, color, style, underline, link);
    }

    Pen underline(int kind) {
        return new Pen(foreground, background, underlineColor, style, kind, link);
    }

    Pen link(String changed) {
        return new Pen(foreground, background, underlineColor, style, underline, changed);
    }

    /** What SGR 0 leaves: links and protection are no rendition. */
    Pen reset() {
        return new Pen(Color.DEFAULT, Color.DEFAULT, Color.DEFAULT, style & PROTECTED, 0, link);
    }

    /** How erased cells are drawn. */
    Pen erasing() {
        return background == Color.DEFAULT ? PLAIN : PLAIN.background(background);
    }

    boolean has(int flag) {
        return (style & flag) != 0;
    }
}
