package dev.cockpitcoder.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The newest stored events of one session, shared by everybody who reads along: else each reader would ask the database for each
 * event. Bounded in number and in characters. Any thread may use it.
 */
final class RecentEvents {
    private static final int MAX_EVENTS = 256;
    private static final int MAX_CHARS = 256 << 10;

    private final Deque<StoredEvent> events = new ArrayDeque<>();
    private int chars;

    /** @param event stored, and the one after the last that was added */
    synchronized void add(StoredEvent event) {
        events.addLast(event);
        chars += event.json().length();
        while (events.size() > MAX_EVENTS || chars > MAX_CHARS && events.size() > 1) {
            chars -= events.removeFirst().json().length();
        }
    }

    /** What follows {@code after}; empty when that is not known here, and the database has to be asked. */
    synchronized Optional<List<StoredEvent>> after(long after, int limit) {
        if (events.isEmpty()
                || after < events.getFirst().seq() - 1
                || after > events.getLast().seq()) {
            return Optional.empty();
        }
        List<StoredEvent> found = new ArrayList<>();
        for (StoredEvent event : events) {
            if (event.seq() > after && found.size() < limit) {
                found.add(event);
            }
        }
        return Optional.of(found);
    }

    /** An event may be missing from here on: begins again. */
    synchronized void clear() {
        events.clear();
        chars = 0;
    }
}
