package dev.cockpitcoder.terminal;

/** The 256 colors terminals have unless told otherwise: those of xterm.js, then a cube and a ramp of greys. */
final class UsualPalette {
    private static final int[] BASE = {
        0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
        0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec
    };
    private static final int CUBE = 16;
    private static final int GREYS = 232;

    private UsualPalette() {}

    /** As X11 writes it. */
    static String color(int index) {
        if (index < CUBE) {
            return rgb(BASE[index] >> 16, BASE[index] >> 8 & 0xff, BASE[index] & 0xff);
        }
        if (index < GREYS) {
            int at = index - CUBE;
            return rgb(step(at / 36), step(at / 6 % 6), step(at % 6));
        }
        int grey = 8 + (index - GREYS) * 10;
        return rgb(grey, grey, grey);
    }

    private static int step(int sixth) {
        return sixth == 0 ? 0 : 55 + sixth * 40;
    }

    private static String rgb(int red, int green, int blue) {
        return "%1$02x%1$02x/%2$02x%2$02x/%3$02x%3$02x".formatted(red, green, blue);
    }
}
