package dev.cockpitcoder.terminal;

import java.util.ArrayList;
import java.util.List;

import dev.cockpitcoder.screen.ControlSequence;
import dev.cockpitcoder.screen.Screen;

/**
 * A question of a program to its terminal, found in its output.
 *
 * @param what is asked about: a mode, a setting, or the key of a color as OSC has it, {@code 11} or {@code 4;7}
 */
record Query(Kind kind, String what) {
    private static final String ESC = "\u001b";
    private static final String ST = ESC + "\\";
    private static final int LAST_SPECIAL = 12;
    private static final int MAX_COLORS = 16;

    enum Kind {
        ATTRIBUTES('c'),
        SECONDARY_ATTRIBUTES('c'),
        VERSION('P'),
        STATUS('n'),
        CURSOR('R'),
        DEC_CURSOR('R'),
        MODE('y'),
        DEC_MODE('y'),
        SETTING('P'),
        /** Only a terminal that somebody looks at has colors. */
        COLOR(']');

        private final char mark;

        Kind(char mark) {
            this.mark = mark;
        }

        /** See {@link TerminalReport#mark()}. */
        char mark() {
            return mark;
        }
    }

    /** What a control sequence asks; null for one that asks nothing. */
    static Query of(ControlSequence csi) {
        int first = csi.parameter(0);
        return switch (csi.signature()) {
            case "c" -> first == 0 ? new Query(Kind.ATTRIBUTES, "") : null;
            case ">c" -> first == 0 ? new Query(Kind.SECONDARY_ATTRIBUTES, "") : null;
            case ">q" -> first == 0 ? new Query(Kind.VERSION, "") : null;
            case "n" -> first == 5 ? new Query(Kind.STATUS, "") : first == 6 ? new Query(Kind.CURSOR, "") : null;
            case "?n" -> first == 6 ? new Query(Kind.DEC_CURSOR, "") : null;
            case "$p" -> new Query(Kind.MODE, Integer.toString(first));
            case "?$p" -> new Query(Kind.DEC_MODE, Integer.toString(first));
            default -> null;
        };
    }

    /** The same for a device control string. */
    static Query of(ControlSequence dcs, String text) {
        return dcs.signature().equals("$q") ? new Query(Kind.SETTING, text) : null;
    }

    /** The same for an operating system command, which may ask for several colors. */
    static List<Query> ofColors(String osc) {
        if (osc.indexOf('?') < 0) {
            return List.of();
        }
        List<Query> asked = new ArrayList<>();
        String[] parts = osc.split(";", -1);
        if (parts[0].equals("4")) {
            for (int i = 1; i + 1 < parts.length && asked.size() < MAX_COLORS; i += 2) {
                if (parts[i + 1].equals("?") && parts[i].matches("\\d{1,3}") && Integer.parseInt(parts[i]) < 256) {
                    asked.add(new Query(Kind.COLOR, "4;" + Integer.parseInt(parts[i])));
                }
            }
        } else if (parts[0].matches("1[0-2]")) {
            int which = Integer.parseInt(parts[0]);
            for (int i = 1; i < parts.length && which <= LAST_SPECIAL; i++, which++) {
                if (parts[i].equals("?")) {
                    asked.add(new Query(Kind.COLOR, Integer.toString(which)));
                }
            }
        }
        return asked;
    }

    /** What a terminal with this screen answers, as xterm.js would. Not for colors. */
    String answer(Screen screen) {
        return switch (kind) {
            case ATTRIBUTES -> ESC + "[?1;2c";
            case SECONDARY_ATTRIBUTES -> ESC + "[>0;276;0c";
            case VERSION -> ESC + "P>|cockpit-coder" + ST;
            case STATUS -> ESC + "[0n";
            case CURSOR -> ESC + "[" + cursor(screen);
            case DEC_CURSOR -> ESC + "[?" + cursor(screen);
            case MODE -> ESC + "[" + mode(screen, false);
            case DEC_MODE -> ESC + "[?" + mode(screen, true);
            case SETTING -> setting(screen.setting(what));
            case COLOR -> throw new IllegalStateException("a screen has no colors");
        };
    }

    private static String cursor(Screen screen) {
        return screen.cursorRow() + ";" + screen.cursorColumn() + "R";
    }

    private String mode(Screen screen, boolean dec) {
        return what + ";" + screen.modeState(Integer.parseInt(what), dec) + "$y";
    }

    private static String setting(String value) {
        return ESC + "P" + (value == null ? "0$r" : "1$r" + value) + ST;
    }

    /** What is answered about a color where nobody can say: light text on a dark screen. */
    String usualColor() {
        return switch (what) {
            case "10", "12" -> color("ffff/ffff/ffff");
            case "11" -> color("0000/0000/0000");
            default -> color(UsualPalette.color(Integer.parseInt(what.substring(what.indexOf(';') + 1))));
        };
    }

    private String color(String value) {
        return ESC + "]" + what + ";rgb:" + value + ST;
    }
}
