package dev.cockpitcoder.screen;

import java.util.Map;
import java.util.TreeMap;

/** The modes of a terminal that change what it does with output or input, but for which of its two screens is shown. */
final class Modes {
    static final int CURSOR_KEYS = 1;
    static final int ORIGIN = 6;
    static final int AUTOWRAP = 7;
    static final int CURSOR_BLINKS = 12;
    static final int CURSOR_VISIBLE = 25;
    static final int REVERSE_WRAP = 45;
    static final int KEYPAD = 66;
    static final int FOCUS = 1004;
    static final int SGR_MOUSE = 1006;
    static final int SGR_PIXEL_MOUSE = 1016;
    static final int BRACKETED_PASTE = 2004;
    static final int SYNCHRONIZED = 2026;
    private static final int INSERT = 4;
    private static final int NEWLINE = 20;
    private static final int SEND_RECEIVE = 12;
    private static final int KEYBOARD_LOCK = 2;
    private static final int LARGEST = 9999;
    private static final int MAX = 64;

    private static final int UNKNOWN_STATE = 0;
    private static final int SET = 1;
    private static final int RESET = 2;
    private static final int ALWAYS_SET = 3;
    private static final int ALWAYS_RESET = 4;

    private boolean insert;
    private boolean newline;
    private boolean autowrap;
    private boolean origin;
    private boolean cursorVisible;
    private boolean reverseWrap;
    /** 0, 9, 1000, 1002 or 1003. */
    private int mouse;
    /** 0, 1006 or 1016. */
    private int mouseEncoding;
    /** The private modes that are none of those, where they were set. */
    private final Map<Integer, Boolean> others = new TreeMap<>();
    /** Null: the terminal's own. */
    private Integer cursorStyle;

    Modes() {
        reset();
    }

    void reset() {
        softReset();
        newline = false;
        mouse = 0;
        mouseEncoding = 0;
        others.clear();
        cursorStyle = null;
    }

    /** DECSTR: what is about the mouse or line ends stays. */
    void softReset() {
        insert = false;
        autowrap = true;
        origin = false;
        reverseWrap = false;
        cursorVisible = true;
        for (int mode : new int[] {CURSOR_KEYS, KEYPAD, FOCUS, BRACKETED_PASTE, SYNCHRONIZED}) {
            others.remove(mode);
        }
        cursorStyle = null;
    }

    void ansi(int mode, boolean on) {
        if (mode == INSERT) {
            insert = on;
        } else if (mode == NEWLINE) {
            newline = on;
        }
    }

    void dec(int mode, boolean on) {
        switch (mode) {
            case ORIGIN -> origin = on;
            case AUTOWRAP -> autowrap = on;
            case CURSOR_VISIBLE -> cursorVisible = on;
            case REVERSE_WRAP -> reverseWrap = on;
            case 9, 1000, 1002, 1003 -> mouse = on ? mode : 0;
            case SGR_MOUSE, SGR_PIXEL_MOUSE -> mouseEncoding = on ? mode : 0;
            case 2, 3 -> {} // these act, once
            default -> {
                if (mode <= LARGEST && (others.size() < MAX || others.containsKey(mode))) {
                    others.put(mode, on);
                }
            }
        }
    }

    void cursorStyle(int style) {
        cursorStyle = style == 0 ? null : Integer.valueOf(style);
    }

    /** A block that does not blink when the program has said nothing. */
    int cursorStyle() {
        return cursorStyle == null ? 2 : cursorStyle;
    }

    boolean insert() {
        return insert;
    }

    boolean newline() {
        return newline;
    }

    boolean autowrap() {
        return autowrap;
    }

    boolean origin() {
        return origin;
    }

    boolean reverseWrap() {
        return reverseWrap;
    }

    /** What DECRQM answers about a mode. */
    int ansiState(int mode) {
        return switch (mode) {
            case KEYBOARD_LOCK -> ALWAYS_RESET;
            case INSERT -> state(insert);
            case SEND_RECEIVE -> ALWAYS_SET;
            case NEWLINE -> state(newline);
            default -> UNKNOWN_STATE;
        };
    }

    /** The same for a private mode. */
    int decState(int mode) {
        return switch (mode) {
            case ORIGIN -> state(origin);
            case AUTOWRAP -> state(autowrap);
            case CURSOR_VISIBLE -> state(cursorVisible);
            case REVERSE_WRAP -> state(reverseWrap);
            case 9, 1000, 1002, 1003 -> state(mouse == mode);
            case SGR_MOUSE, SGR_PIXEL_MOUSE -> state(mouseEncoding == mode);
            case CURSOR_KEYS, CURSOR_BLINKS, KEYPAD, FOCUS, BRACKETED_PASTE, SYNCHRONIZED ->
                state(others.getOrDefault(mode, false));
            case 8 -> ALWAYS_SET;
            case 67, 1005, 1015 -> ALWAYS_RESET;
            default -> UNKNOWN_STATE;
        };
    }

    private static int state(boolean on) {
        return on ? SET : RESET;
    }

    /** Writes what makes a new terminal's modes these ones, but for those that change how output is drawn. */
    void write(StringBuilder out) {
        others.forEach((mode, on) -> {
            if (mode != SYNCHRONIZED) {
                dec(mode, on, out);
            }
        });
        if (mouse != 0) {
            dec(mouse, true, out);
        }
        if (mouseEncoding != 0) {
            dec(mouseEncoding, true, out);
        }
        if (cursorStyle != null) {
            out.append("\u001b[").append(cursorStyle).append(" q");
        }
        if (!cursorVisible) {
            dec(CURSOR_VISIBLE, false, out);
        }
    }

    /** Writes the others. Last of all: what comes after it is drawn differently. */
    void writeDrawing(StringBuilder out) {
        if (!autowrap) {
            dec(AUTOWRAP, false, out);
        }
        if (reverseWrap) {
            dec(REVERSE_WRAP, true, out);
        }
        if (insert) {
            out.append("\u001b[4h");
        }
        if (newline) {
            out.append("\u001b[20h");
        }
    }

    static void dec(int mode, boolean on, StringBuilder out) {
        out.append("\u001b[?").append(mode).append(on ? 'h' : 'l');
    }
}
