package dev.cockpitcoder.screen;

import java.util.Map;
import java.util.TreeMap;

/** The colors a program has changed (OSC 4, 10, 11 and 12), under what stands before the color. */
final class Palette {
    private static final int COLORS = 256;
    private static final int LONGEST = 64;

    private final Map<String, String> changed = new TreeMap<>();

    /** OSC 4: pairs of an index and a color. */
    void indexed(String text) {
        String[] parts = text.split(";", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            if (parts[i].matches("\\d{1,3}") && Integer.parseInt(parts[i]) < COLORS) {
                set("4;" + Integer.parseInt(parts[i]), parts[i + 1]);
            }
        }
    }

    /** OSC 10, 11 and 12, and what may follow them: the colors of text, background and cursor. */
    void special(int first, String text) {
        int which = first;
        for (String color : text.split(";", -1)) {
            if (which > 12) {
                return;
            }
            set(Integer.toString(which), color);
            which++;
        }
    }

    private void set(String key, String color) {
        if (!color.equals("?") && color.length() <= LONGEST && color.matches("[\\w#:/.,]+")) {
            changed.put(key, color);
        }
    }

    /** OSC 104. */
    void resetIndexed(String text) {
        if (text.isEmpty()) {
            changed.keySet().removeIf(key -> key.startsWith("4;"));
        }
        for (String index : text.split(";", -1)) {
            changed.remove("4;" + index);
        }
    }

    void resetSpecial(int which) {
        changed.remove(Integer.toString(which));
    }

    void reset() {
        changed.clear();
    }

    void write(StringBuilder out) {
        changed.forEach((key, color) ->
                out.append("\u001b]").append(key).append(';').append(color).append("\u001b\\"));
    }
}
