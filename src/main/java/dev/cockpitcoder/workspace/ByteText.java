package dev.cockpitcoder.workspace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Text in which each character is one byte (ISO 8859-1), as this room keeps what git writes: exact, whatever encoding the files
 * and their names are in.
 */
final class ByteText {
    private static final String ESCAPED = "abtnvfr\"\\";
    private static final String MEANT = "\u0007\b\t\n\u000b\f\r\"\\";

    private ByteText() {}

    /** For people; bytes that are no UTF-8 become U+FFFD. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The reverse of {@link #utf8}. */
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A path of the server as git reads it where it may be in quotation marks. */
    static String quote(Path path) {
        return quote(of(path));
    }

    /** A path of the server as git writes it where it does not quote. */
    static String of(Path path) {
        return bytes(path.toString());
    }

    /**
     * A file's name for clients, different for different files: the name itself, or as git quotes it when it is no UTF-8 or begins
     * with a quotation mark.
     */
    static String name(String bytes) {
        try {
            if (!bytes.startsWith("\"")) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                        .toString();
            }
        } catch (CharacterCodingException e) {
            return quote(bytes);
        }
        return quote(bytes);
    }

    private static String quote(String bytes) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : bytes.toCharArray()) {
            int escape = MEANT.indexOf(c);
            if (escape >= 0) {
                quoted.append('\\').append(ESCAPED.charAt(escape));
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\%03o", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /**
     * What a name in quotation marks means, as git writes one (git-config(1), core.quotePath).
     *
     * @throws IllegalArgumentException when it is no such name
     */
    static String unquote(String quoted) {
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw new IllegalArgumentException("not in quotation marks");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = quoted.length() - 1;
        for (int at = 1; at < end; at++) {
            char c = quoted.charAt(at);
            if (c == '"') {
                throw new IllegalArgumentException("a quotation mark inside");
            }
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            int escape = at + 1 < end ? ESCAPED.indexOf(quoted.charAt(at + 1)) : -1;
            if (escape >= 0) {
                bytes.write(MEANT.charAt(escape));
                at++;
            } else {
                bytes.write(octal(quoted, at + 1, end));
                at += 3;
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private static int octal(String text, int from, int end) {
        if (from + 3 > end || !text.substring(from, from + 3).matches("[0-3][0-7]{2}")) {
            throw new IllegalArgumentException("an unknown escape");
        }
        return Integer.parseInt(text.substring(from, from + 3), 8);
    }
}
