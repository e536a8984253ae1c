package dev.cockpitcoder.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Output that programs might write: much of everything a terminal understands. */
final class RandomOutput {
    private static final List<String> CSI_FINALS = List.of(
            "@", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "P", "S", "T", "X", "Z", "`", "a",
            "d", "e", "f", "g", "s", "u", "b", " @", " A", "'}", "'~", "H", "H", "H", "K", "J");
    private static final List<Integer> DEC_MODES =
            List.of(1, 6, 7, 12, 25, 45, 66, 9, 1000, 1002, 1003, 1004, 1006, 1016, 1047, 1048, 1049, 47, 2004);
    private static final List<String> TEXT = List.of(
            "hello",
            "world ",
            "lqqk",
            "x",
            "你好",
            "é",
            "ж",
            "🚀",
            "─│┐",
            "a longer run of plain text ",
            "e\u0301",
            "€",
            "1234567890");
    private static final List<String> CONTROLS =
            List.of("\r", "\n", "\r\n", "\t", "\b", "\u000b", "\f", "\u000e", "\u000f");
    private static final List<String> ESCAPES = List.of(
            "7", "8", "D", "E", "H", "M", "=", ">", "n", "o", "(0", "(B", ")0", ")A", "*0", "[0m\u001b#8", "%G", "c");

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    RandomOutput(long seed) {
        random = new Random(seed);
    }

    byte[] bytes(int pieces) {
        for (int i = 0; i < pieces; i++) {
            piece();
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void piece() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> out.append(any(TEXT));
            case 4 -> out.append(any(CONTROLS));
            case 5, 6 -> csi();
            case 7 -> rendition();
            case 8 -> out.append("\u001b[?").append(any(DEC_MODES)).append(random.nextBoolean() ? 'h' : 'l');
            case 9 -> {
                // seldom what resets everything
                String escape = any(ESCAPES);
                if (!escape.matches("c|.*#8") || random.nextInt(8) == 0) {
                    out.append('\u001b').append(escape);
                }
            }
            case 10 -> rare();
            default ->
                out.append("\u001b[")
                        .append(random.nextInt(12))
                        .append(';')
                        .append(random.nextInt(30))
                        .append('H');
        }
    }

    private void csi() {
        out.append("\u001b[");
        if (random.nextInt(3) > 0) {
            out.append(random.nextInt(random.nextInt(5) == 0 ? 200 : 6));
        }
        if (random.nextInt(4) == 0) {
            out.append(';').append(random.nextInt(12));
        }
        String last = any(CSI_FINALS);
        // xterm.js 6.0.0 fails where CSI 1 J comes in the last column of the last line
        out.append(last.equals("J") && out.toString().endsWith("1") ? "0J" : last);
    }

    private void rendition() {
        String color =
                switch (random.nextInt(5)) {
                    case 0 -> "38;5;" + random.nextInt(256);
                    case 1 -> "48;2;" + random.nextInt(256) + ";" + random.nextInt(256) + ";7";
                    case 2 -> "38:2::1:2:3";
                    case 3 -> Integer.toString(40 + random.nextInt(10));
                    default -> Integer.toString(random.nextInt(120));
                };
        out.append("\u001b[").append(random.nextInt(4) == 0 ? "" : color);
        out.append(random.nextInt(4) == 0 ? ";4m" : "m");
    }

    private void rare() {
        switch (random.nextInt(6)) {
            case 0 ->
                out.append("\u001b[")
                        .append(1 + random.nextInt(6))
                        .append(';')
                        .append(random.nextInt(12))
                        .append('r');
            case 1 -> out.append("\u001b]2;title ").append(random.nextInt(100)).append('\u0007');
            case 2 -> out.append("\u001b[4").append(random.nextBoolean() ? 'h' : 'l');
            case 3 -> out.append("\u001bP1$qm\u001b\\");
            case 4 -> out.append("\u001b[!p");
            default -> out.append("\u001b[").append(random.nextInt(7)).append(" q");
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
