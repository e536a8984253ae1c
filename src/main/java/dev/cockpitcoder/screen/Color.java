package dev.cockpitcoder.screen;

/** A color in one number: the default, one of the palette, or red, green and blue. */
final class Color {
    static final int DEFAULT = -1;
    private static final int RGB = 1 << 24;
    /** Named by its number in the palette: unlike the sixteen basic ones these are the same for bold text. */
    private static final int INDEXED = 1 << 25;

    private static final int BASE_COLORS = 8;

    private Color() {}

    static int ofPalette(int index) {
        return INDEXED | index & 0xff;
    }

    static int ofRgb(int red, int green, int blue) {
        return RGB | (red & 0xff) << 16 | (green & 0xff) << 8 | blue & 0xff;
    }

    /**
     * Writes the SGR parameters, each after a semicolon.
     *
     * @param base 30 for the foreground, 40 for the background, 50 for the underline
     */
    static void write(int color, int base, StringBuilder out) {
        if (color == DEFAULT) {
            return;
        }
        if ((color & RGB) != 0) {
            out.append(';')
                    .append(base + 8)
                    .append(base == 50 ? ":2::" : ";2;")
                    .append(color >> 16 & 0xff)
                    .append(base == 50 ? ':' : ';')
                    .append(color >> 8 & 0xff)
                    .append(base == 50 ? ':' : ';')
                    .append(color & 0xff);
        } else if ((color & INDEXED) != 0) {
            out.append(';').append(base + 8).append(base == 50 ? ":5:" : ";5;").append(color & 0xff);
        } else {
            out.append(';').append(color < BASE_COLORS ? base + color : base + 60 + color - BASE_COLORS);
        }
    }
}
