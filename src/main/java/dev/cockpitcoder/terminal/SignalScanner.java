package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the bells and the titles in a terminal's output: BEL outside of a control string, and OSC 0 and 2 (ECMA-48, xterm's control
 * sequences). It only looks on; for one thread.
 */
final class SignalScanner {
    static final int MAX_TITLE_CHARS = 256;
    /** A longer OSC is no title that anybody reads. */
    private static final int MAX_OSC_BYTES = 2048;

    private static final byte BEL = 0x07;
    private static final byte CAN = 0x18;
    private static final byte SUB = 0x1a;
    private static final byte ESC = 0x1b;

    /** Told what is found, on the scanning thread. */
    interface Listener {
        void bell();

        void title(String title);
    }

    private enum State {
        TEXT,
        ESCAPE,
        /** The text of a title, or of another OSC. */
        OSC,
        OSC_ESCAPE,
        /** DCS, SOS, PM or APC: nothing in it means anything here. */
        STRING,
        STRING_ESCAPE
    }

    private final Listener listener;
    private final byte[] osc = new byte[MAX_OSC_BYTES];
    private int oscLength;
    private State state = State.TEXT;

    SignalScanner(Listener listener) {
        this.listener = listener;
    }

    void scan(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (state == State.TEXT) {
                i = endOfText(bytes, i, length);
                if (i == length) {
                    return;
                }
            }
            state = next(bytes[i]);
        }
    }

    /** Nearly all output is text: this is what looking at it costs. */
    private static int endOfText(byte[] bytes, int from, int length) {
        int i = from;
        while (i < length && (bytes[i] > ESC || bytes[i] != ESC && bytes[i] != BEL)) {
            i++;
        }
        return i;
    }

    private State next(byte each) {
        return switch (state) {
            case TEXT -> text(each);
            case ESCAPE -> escape(each);
            case OSC -> osc(each);
            case OSC_ESCAPE -> {
                if (each == '\\') {
                    oscEnds();
                    yield State.TEXT;
                }
                yield escape(each);
            }
            case STRING -> each == ESC ? State.STRING_ESCAPE : each == CAN || each == SUB ? State.TEXT : State.STRING;
            case STRING_ESCAPE -> each == '\\' ? State.TEXT : escape(each);
        };
    }

    private State text(byte each) {
        if (each == BEL) {
            listener.bell();
            return State.TEXT;
        }
        return State.ESCAPE;
    }

    private State escape(byte each) {
        return switch (each) {
            case ']' -> {
                oscLength = 0;
                yield State.OSC;
            }
            case 'P', 'X', '^', '_' -> State.STRING;
            case ESC -> State.ESCAPE;
            case BEL -> text(each);
            default -> State.TEXT;
        };
    }

    private State osc(byte each) {
        switch (each) {
            case BEL -> {
                oscEnds();
                return State.TEXT;
            }
            case ESC -> {
                return State.OSC_ESCAPE;
            }
            case CAN, SUB -> {
                return State.TEXT;
            }
            default -> {
                if (oscLength < MAX_OSC_BYTES) {
                    osc[oscLength++] = each;
                }
                return State.OSC;
            }
        }
    }

    private void oscEnds() {
        boolean isTitle =
                oscLength >= 2 && oscLength < MAX_OSC_BYTES && (osc[0] == '0' || osc[0] == '2') && osc[1] == ';';
        if (isTitle) {
            listener.title(clean(new String(Arrays.copyOfRange(osc, 2, oscLength), StandardCharsets.UTF_8)));
        }
    }

    private static String clean(String title) {
        StringBuilder clean = new StringBuilder();
        title.codePoints()
                .filter(each -> !Character.isISOControl(each))
                .limit(MAX_TITLE_CHARS)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
