package dev.cockpitcoder.screen;

import java.util.Arrays;

/** The four character sets and which of them is in use (ISO 2022). Those that are not known are ASCII. */
final class Charsets {
    static final char ASCII = 'B';
    private static final char GRAPHICS = '0';
    private static final char BRITISH = 'A';
    private static final String DESIGNATORS = "()*+-./";
    /** What DEC's special graphics show instead of {@code `} and what follows. */
    private static final String DRAWN = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private final char[] designated = new char[4];
    private int level;
    /** Restoring a cursor restores this without the level. */
    private char current;

    Charsets() {
        reset();
    }

    void reset() {
        Arrays.fill(designated, ASCII);
        level = 0;
        current = ASCII;
    }

    /** @param set 0 to 3: G0 to G3 */
    void use(int set) {
        level = set;
        current = designated[set];
    }

    /** @param signature of the escape sequence: which set, then which characters */
    void designate(String signature) {
        int which = DESIGNATORS.indexOf(signature.charAt(0));
        char characters = signature.charAt(1);
        int set = which < 4 ? which : which - 3;
        if (which >= 0 && set < designated.length) {
            designated[set] = characters == GRAPHICS || characters == BRITISH ? characters : ASCII;
            if (set == level) {
                current = designated[set];
            }
        }
    }

    static boolean isDesignation(String signature) {
        return signature.length() == 2 && DESIGNATORS.indexOf(signature.charAt(0)) >= 0;
    }

    char current() {
        return current;
    }

    void current(char restored) {
        current = restored;
    }

    boolean isAscii() {
        return current == ASCII;
    }

    int shown(int codePoint) {
        if (current == GRAPHICS && codePoint >= '`' && codePoint < '`' + DRAWN.length()) {
            return DRAWN.charAt(codePoint - '`');
        }
        return current == BRITISH && codePoint == '#' ? '£' : codePoint;
    }

    /** Writes what makes a new terminal's character sets these ones. */
    void write(StringBuilder out) {
        for (int set = 0; set < designated.length; set++) {
            if (designated[set] != ASCII) {
                out.append('\u001b').append(DESIGNATORS.charAt(set)).append(designated[set]);
            }
        }
        switch (level) {
            case 1 -> out.append('\u000e');
            case 2 -> out.append("\u001bn");
            case 3 -> out.append("\u001bo");
            default -> {}
        }
    }
}
