package dev.cockpitcoder.screen;

/**
 * A color given by SGR 38, 48 or 58, with semicolons or with colons (ISO 8613-6).
 *
 * @param last the index of its last parameter
 */
record ExtendedColor(boolean known, int color, int last) {
    private static final int RGB = 2;
    private static final int PALETTE = 5;

    static ExtendedColor read(ControlSequence sgr, int at) {
        if (sgr.subCount(at) > 0) {
            return withColons(sgr, at, at);
        }
        // 38;2:r:g:b has been seen too
        if (at + 1 < sgr.count() && sgr.subCount(at + 1) > 0) {
            return new ExtendedColor(false, 0, at + 1);
        }
        int kind = sgr.parameter(at + 1);
        if (kind == PALETTE) {
            return new ExtendedColor(true, Color.ofPalette(sgr.parameter(at + 2)), at + 2);
        }
        if (kind == RGB) {
            int color = Color.ofRgb(sgr.parameter(at + 2), sgr.parameter(at + 3), sgr.parameter(at + 4));
            return new ExtendedColor(true, color, at + 4);
        }
        return new ExtendedColor(false, 0, sgr.count());
    }

    private static ExtendedColor withColons(ControlSequence sgr, int at, int last) {
        int kind = sgr.sub(at, 0);
        if (kind == PALETTE) {
            return new ExtendedColor(true, Color.ofPalette(value(sgr, at, 1)), last);
        }
        if (kind == RGB) {
            // with a color space, or without
            int first = sgr.subCount(at) > 4 ? 2 : 1;
            int color = Color.ofRgb(value(sgr, at, first), value(sgr, at, first + 1), value(sgr, at, first + 2));
            return new ExtendedColor(true, color, last);
        }
        return new ExtendedColor(false, 0, last);
    }

    private static int value(ControlSequence sgr, int at, int sub) {
        return sub < sgr.subCount(at) ? Math.max(0, sgr.sub(at, sub)) : 0;
    }
}
