package dev.cockpitcoder.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest stored events of one session, shared by everybody who reads along: else each reader would ask the database for each
 * event. Bounded in number and in characters. Any thread may use it.
 */
final class RecentEvents {
    private static final int MAX_EVENTS = 256;
    private static final int MAX_CHARS = 256 << 10;

    /** Without a gap, so that a {@code seq} is a place. */
    private final List<StoredEvent> events = new ArrayList<>();

    private int chars;

    /** @param event stored, and the one after the last that was added */
    synchronized void add(StoredEvent event) {
        events.add(event);
        chars += event.json().length();
        while (events.size() > MAX_EVENTS || chars > MAX_CHARS && events.size() > 1) {
            chars -= events.remove(0).json().length();
        }
    }

    /** What follows {@code after}; empty when that is not known here, and the database has to be asked. */
    synchronized Optional<List<StoredEvent>> after(long after, int limit) {
        long first = events.isEmpty() ? Long.MAX_VALUE : events.get(0).seq();
        long place = after - first + 1;
        if (place < 0 || place > events.size()) {
            return Optional.empty();
        }
        int begin = (int) place;
        return Optional.of(List.copyOf(events.subList(begin, Math.min(events.size(), begin + limit))));
    }

    /** An event may be missing from here on: begins again. */
    synchronized void clear() {
        events.clear();
        chars = 0;
    }
}
