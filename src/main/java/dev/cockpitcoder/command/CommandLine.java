package dev.cockpitcoder.command;

import java.util.ArrayList;
import java.util.List;

/**
 * The one rule by which {@code CMD_ALLOWLIST} entries and requests become an argv. Nothing is expanded.
 *
 * <ul>
 *   <li>Only the ASCII space separates; runs of it fold, and it is dropped at both ends.
 *   <li>Between single quotes every character stands for itself; between double quotes too, but {@code \"} and {@code \\} stand
 *       for the second character. Quoted and plain parts that touch are one argument; {@code ''} is an empty one.
 *   <li>Refused: control characters, white space other than the ASCII space, invisible format characters, halves of surrogate
 *       pairs, quotes that are not closed, and a backslash outside quotes, which shells and people read differently.
 * </ul>
 */
final class CommandLine {
    static final int MAX_CHARS = 4096;

    /** A text that does not follow the rule; the message is a sentence for people. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private final List<String> items = new ArrayList<>();
    private final StringBuilder item = new StringBuilder();
    private final char separator;
    private final boolean keepQuotes;
    private boolean open;

    private CommandLine(char separator, boolean keepQuotes) {
        this.separator = separator;
        this.keepQuotes = keepQuotes;
    }

    /** The arguments; none for a text of spaces. */
    static List<String> split(String text) throws Malformed {
        if (text.length() > MAX_CHARS) {
            throw new Malformed("A command has at most " + MAX_CHARS + " characters.");
        }
        return new CommandLine(' ', false).read(text);
    }

    /** The comma-separated command lines of a list, still to be split; a comma between quotes separates nothing. */
    static List<String> splitList(String text) throws Malformed {
        return new CommandLine(',', true)
                .read(text).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private List<String> read(String text) throws Malformed {
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            requirePlain(text, i);
            if (quote == 0) {
                if (c == '\\') {
                    throw new Malformed("A backslash may stand between quotes only.");
                }
                quote = outside(c);
            } else if (c == quote) {
                quote = 0;
                keep(c);
            } else if (c == '\\' && quote == '"' && escapes(text, i)) {
                keep(c);
                i++;
                item.append(text.charAt(i));
            } else {
                item.append(c);
            }
        }
        if (quote != 0) {
            throw new Malformed("A quote is not closed.");
        }
        endItem();
        return List.copyOf(items);
    }

    /** Takes a character that is not between quotes, and says which quote it opens: 0 when none. */
    private char outside(char c) {
        if (c == separator) {
            endItem();
            return 0;
        }
        open = true;
        if (c == '\'' || c == '"') {
            keep(c);
            return c;
        }
        item.append(c);
        return 0;
    }

    private void keep(char c) {
        if (keepQuotes) {
            item.append(c);
        }
    }

    private void endItem() {
        if (open) {
            items.add(item.toString());
        }
        item.setLength(0);
        open = false;
    }

    private static boolean escapes(String text, int backslash) {
        return backslash + 1 < text.length() && "\"\\".indexOf(text.charAt(backslash + 1)) >= 0;
    }

    private static void requirePlain(String text, int index) throws Malformed {
        int c = text.codePointAt(index);
        if (Character.isLowSurrogate((char) c)
                && c <= Character.MAX_VALUE
                && index > 0
                && Character.isHighSurrogate(text.charAt(index - 1))) {
            return;
        }
        boolean refused =
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    case Character.SPACE_SEPARATOR -> c != ' ';
                    default -> Character.isWhitespace(c) && c != ' ';
                };
        if (refused) {
            throw new Malformed(
                    "A command holds printable characters and ASCII spaces only, but has U+%04X.".formatted(c));
        }
    }
}
