package dev.cockpitcoder.terminal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Those who type into one terminal: the last {@value #MAX} and all who are connected. Safe for several threads. */
final class InputSources {
    private static final int MAX = 64;

    private final TerminalInput input;
    private final Map<String, InputSource> byName = new LinkedHashMap<>(16, 0.75f, true);

    InputSources(TerminalInput input) {
        this.input = input;
    }

    synchronized InputSource named(String inputId) {
        InputSource source = byName.computeIfAbsent(inputId, name -> new InputSource(name, input));
        Iterator<InputSource> eldest = byName.values().iterator();
        while (byName.size() > MAX && eldest.hasNext()) {
            InputSource candidate = eldest.next();
            if (candidate != source && !candidate.inUse()) {
                eldest.remove();
            }
        }
        return source;
    }
}
