package dev.cockpitcoder.identity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps what was used last and forgets the rest. Any thread may use it. */
final class Remembered {
    private static final int INITIAL = 64;
    private static final float LOAD = 0.75f;

    private Remembered() {}

    /** @param most how many entries are kept */
    static <K, V> Map<K, V> atMost(int most) {
        return Collections.synchronizedMap(new LinkedHashMap<>(INITIAL, LOAD, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        });
    }
}
