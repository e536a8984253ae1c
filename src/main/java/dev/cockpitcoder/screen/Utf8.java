package dev.cockpitcoder.screen;

/** Decodes UTF-8 byte by byte. Bytes that are none, and byte order marks, are left out, as xterm.js does. */
final class Utf8 {
    static final int NONE = -1;
    private static final int BYTE_ORDER_MARK = 0xfeff;
    private static final int[] SMALLEST = {0, 0x80, 0x800, 0x10000};

    private int value;
    private int missing;
    private int length;

    /** Whether it is between characters. */
    boolean atRest() {
        return missing == 0;
    }

    /** The code point this byte completes, or {@link #NONE}. */
    int next(byte each) {
        int bits = each & 0xff;
        if ((bits & 0xc0) == 0x80) {
            if (missing == 0) {
                return NONE;
            }
            value = value << 6 | bits & 0x3f;
            missing--;
            return missing == 0 ? complete() : NONE;
        }
        missing = 0;
        if (bits < 0x80) {
            return bits;
        }
        length = bits >= 0xf8 || bits < 0xc0 ? 0 : bits >= 0xf0 ? 3 : bits >= 0xe0 ? 2 : 1;
        missing = length;
        value = bits & 0x3f >> length;
        return NONE;
    }

    private int complete() {
        boolean overlong = value < SMALLEST[length];
        boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        boolean valid = !overlong && !surrogate && value <= Character.MAX_CODE_POINT && value != BYTE_ORDER_MARK;
        return valid ? value : NONE;
    }
}
