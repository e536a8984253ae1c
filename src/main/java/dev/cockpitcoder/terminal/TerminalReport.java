package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What terminals say by themselves: answers to queries (DA, DSR, DECRPM, OSC, DCS) and focus reports. Nobody has typed it.
 *
 * @param color which color it is about; null for other reports
 */
record TerminalReport(Kind kind, String color, String text) {
    private static final int LONGEST = 256;
    private static final char ESCAPE = '\u001b';
    private static final Pattern REPORT = Pattern.compile("\u001b(?<focus>\\[[IO])"
            + "|\u001b(\\[[?>=]?[\\d;]*\\$?[cnyR]|P[^\u001b]*\u001b\\\\)"
            + "|\u001b\\](?<color>4;\\d+|\\d+);[^\u0007\u001b]*(\u0007|\u001b\\\\)");

    enum Kind {
        FOCUS,
        COLOR,
        ANSWER
    }

    /** By what its query is known: the final character of a control sequence, P for a device control string. */
    char mark() {
        return text.charAt(1) == 'P' ? 'P' : text.charAt(text.length() - 1);
    }

    /** The report that this input is, and nothing else; of several, the first says which kind they are. */
    static Optional<TerminalReport> of(byte[] input) {
        if (input.length == 0 || input.length > LONGEST || input[0] != ESCAPE) {
            return Optional.empty();
        }
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Matcher report = REPORT.matcher(text);
        TerminalReport first = null;
        int at = 0;
        while (at < input.length && report.region(at, input.length).lookingAt()) {
            if (first == null) {
                String color = report.group("color");
                Kind kind = report.group("focus") != null ? Kind.FOCUS : color != null ? Kind.COLOR : Kind.ANSWER;
                first = new TerminalReport(kind, color, report.group());
            }
            at = report.end();
        }
        return at == input.length ? Optional.of(first) : Optional.empty();
    }
}
