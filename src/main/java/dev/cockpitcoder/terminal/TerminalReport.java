package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What terminals say by themselves: answers to queries (DA, DSR, DECRPM, OSC, DCS) and focus reports. Nobody has typed it. */
final class TerminalReport {
    private static final int LONGEST = 256;
    private static final char ESCAPE = '\u001b';
    private static final Pattern REPORT = Pattern.compile(
            "\u001b(\\[[IO]|\\[[?>=]?[\\d;]*\\$?[cnyR]|\\]\\d+;[^\u0007\u001b]*(\u0007|\u001b\\\\)|P[^\u001b]*\u001b\\\\)");

    private TerminalReport() {}

    /** Whether the input is nothing but that. */
    static boolean matches(byte[] input) {
        if (input.length == 0 || input.length > LONGEST || input[0] != ESCAPE) {
            return false;
        }
        Matcher report = REPORT.matcher(new String(input, StandardCharsets.ISO_8859_1));
        int at = 0;
        while (at < input.length && report.region(at, input.length).lookingAt()) {
            at = report.end();
        }
        return at == input.length;
    }
}
