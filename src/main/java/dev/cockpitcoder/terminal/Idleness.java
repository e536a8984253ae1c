package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The clocks of {@link Culling} for one terminal. All times are {@link System#nanoTime()}. For one thread. */
final class Idleness {
    private final Clock viewer;
    private final Clock input;
    private final Clock output;
    private final List<Clock> running;
    private long head;

    private static final class Clock {
        final Duration limit;
        final String what;
        long since;

        Clock(Duration limit, String what, long since) {
            this.limit = limit;
            this.what = what;
            this.since = since;
        }

        Duration left(long now) {
            return limit.minusNanos(now - since);
        }

        void atLeast(long time) {
            since = Math.max(since - time, 0) + time;
        }
    }

    Idleness(Culling culling, long now) {
        viewer = new Clock(culling.noViewer(), "nobody looked at it", now);
        input = new Clock(culling.noInput(), "nobody typed", now);
        output = new Clock(culling.noOutput(), "it wrote nothing", now);
        running = List.of(viewer, input, output).stream()
                .filter(clock -> !clock.limit.isZero())
                .toList();
    }

    /** @param viewedAt when somebody last looked at it, which may be now */
    void observe(long now, long viewedAt, long typedAt, long headNow) {
        viewer.atLeast(viewedAt);
        input.atLeast(typedAt);
        if (headNow != head) {
            head = headNow;
            output.atLeast(now);
        }
    }

    /** All clocks begin anew, from then on. */
    void restart(long then) {
        running.forEach(clock -> clock.atLeast(then));
    }

    /** The time until it is left alone for too long. Empty when every clock is off. */
    Optional<Duration> left(long now) {
        return first(now).map(clock -> clock.left(now));
    }

    /** Of the clock that runs out first. */
    Duration limit(long now) {
        return first(now).map(clock -> clock.limit).orElse(Duration.ZERO);
    }

    /** For people: what has not happened, and for how long it may. */
    String reason(long now) {
        return first(now)
                .map(clock -> clock.what + " for " + Amount.of(clock.limit))
                .orElse("");
    }

    private Optional<Clock> first(long now) {
        return running.stream().min(Comparator.comparing(clock -> clock.left(now)));
    }
}
