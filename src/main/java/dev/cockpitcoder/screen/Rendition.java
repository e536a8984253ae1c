package dev.cockpitcoder.screen;

/** Select Graphic Rendition (SGR), read and written. */
final class Rendition {
    private static final int CURLY_OR_MORE = 5;

    private Rendition() {}

    static Pen apply(Pen before, ControlSequence sgr) {
        Pen pen = before;
        for (int i = 0; i < sgr.count(); i++) {
            int p = sgr.parameter(i);
            if (p == 38 || p == 48 || p == 58) {
                ExtendedColor color = ExtendedColor.read(sgr, i);
                if (color.known()) {
                    pen = p == 38
                            ? pen.foreground(color.color())
                            : p == 48 ? pen.background(color.color()) : pen.underlineColor(color.color());
                }
                i = color.last();
            } else {
                pen = one(pen, p, sgr, i);
            }
        }
        return pen;
    }

    private static Pen one(Pen pen, int p, ControlSequence sgr, int at) {
        return switch (p) {
            case 0 -> pen.reset();
            case 1 -> pen.with(Pen.BOLD);
            case 2 -> pen.with(Pen.DIM);
            case 3 -> pen.with(Pen.ITALIC);
            case 4 -> pen.underline(underline(sgr, at));
            case 5 -> pen.with(Pen.BLINK);
            case 7 -> pen.with(Pen.INVERSE);
            case 8 -> pen.with(Pen.INVISIBLE);
            case 9 -> pen.with(Pen.STRIKETHROUGH);
            case 21 -> pen.underline(2);
            case 22 -> pen.without(Pen.BOLD | Pen.DIM);
            case 23 -> pen.without(Pen.ITALIC);
            case 24 -> pen.underline(0);
            case 25 -> pen.without(Pen.BLINK);
            case 27 -> pen.without(Pen.INVERSE);
            case 28 -> pen.without(Pen.INVISIBLE);
            case 29 -> pen.without(Pen.STRIKETHROUGH);
            case 39 -> pen.foreground(Color.DEFAULT);
            case 49 -> pen.background(Color.DEFAULT);
            case 53 -> pen.with(Pen.OVERLINE);
            case 55 -> pen.without(Pen.OVERLINE);
            case 59 -> pen.underlineColor(Color.DEFAULT);
            default -> {
                if (p >= 30 && p <= 37) {
                    yield pen.foreground(p - 30);
                } else if (p >= 40 && p <= 47) {
                    yield pen.background(p - 40);
                } else if (p >= 90 && p <= 97) {
                    yield pen.foreground(p - 90 + 8);
                } else if (p >= 100 && p <= 107) {
                    yield pen.background(p - 100 + 8);
                }
                yield pen;
            }
        };
    }

    private static int underline(ControlSequence sgr, int at) {
        int kind = sgr.subCount(at) == 0 ? 1 : sgr.sub(at, 0);
        return kind < 0 || kind > CURLY_OR_MORE ? 1 : kind;
    }

    /** Writes what makes any pen this one, links and protection apart. */
    static void write(Pen pen, StringBuilder out) {
        out.append("\u001b[0");
        flag(pen, Pen.BOLD, ";1", out);
        flag(pen, Pen.DIM, ";2", out);
        flag(pen, Pen.ITALIC, ";3", out);
        if (pen.underline() > 0) {
            out.append(pen.underline() == 1 ? ";4" : ";4:" + pen.underline());
        }
        flag(pen, Pen.BLINK, ";5", out);
        flag(pen, Pen.INVERSE, ";7", out);
        flag(pen, Pen.INVISIBLE, ";8", out);
        flag(pen, Pen.STRIKETHROUGH, ";9", out);
        flag(pen, Pen.OVERLINE, ";53", out);
        Color.write(pen.foreground(), 30, out);
        Color.write(pen.background(), 40, out);
        Color.write(pen.underlineColor(), 50, out);
        out.append('m');
    }

    private static void flag(Pen pen, int flag, String parameter, StringBuilder out) {
        if (pen.has(flag)) {
            out.append(parameter);
        }
    }
}
