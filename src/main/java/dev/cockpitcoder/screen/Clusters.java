package dev.cockpitcoder.screen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The characters made of several code points that a screen has seen, each under a number. Bounded: further marks are left out. */
final class Clusters {
    private static final int MAX = 4096;
    private static final int LONGEST = 32;

    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    String text(int number) {
        return texts.get(number);
    }

    /** @return the number of the longer text; -1 when there is no room for it */
    int number(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() == MAX || text.length() > LONGEST) {
            return -1;
        }
        texts.add(text);
        numbers.put(text, texts.size() - 1);
        return texts.size() - 1;
    }
}
