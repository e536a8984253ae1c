package dev.cockpitcoder.event;

import java.util.List;
import java.util.Optional;

/**
 * A part of a session's sequence, without a gap. Public, because the container's view of {@link EventService} needs it.
 *
 * @param reset told before the events, when they are not those that were asked for
 * @param next the {@code seq} to go on after
 */
public record EventPage(Optional<Reset> reset, List<StoredEvent> events, long next) {
    public EventPage {
        events = List.copyOf(events);
    }

    static EventPage of(long after, List<StoredEvent> events) {
        return new EventPage(Optional.empty(), events, last(after, events));
    }

    static EventPage of(Reset reset, List<StoredEvent> events) {
        return new EventPage(Optional.of(reset), events, last(reset.oldest() - 1, events));
    }

    private static long last(long after, List<StoredEvent> events) {
        return events.isEmpty() ? after : events.get(events.size() - 1).seq();
    }
}
