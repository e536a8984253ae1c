package dev.cockpitcoder.terminal;

import java.time.Duration;

import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * How long a shell may be left alone before it is ended: three clocks, each of its own; 0 is for ever.
 *
 * @param noViewer {@code TERMINAL_CULL_NO_VIEWER_SECONDS}: nobody looks at it
 * @param noInput {@code TERMINAL_CULL_NO_INPUT_SECONDS}: nobody types
 * @param noOutput {@code TERMINAL_CULL_NO_OUTPUT_SECONDS}: it writes nothing
 */
record Culling(Duration noViewer, Duration noInput, Duration noOutput) {
    static final Culling OFF = new Culling(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    /** There must be time to warn. */
    private static final Duration SHORTEST = Duration.ofMinutes(2);

    private static final Duration LONGEST = Duration.ofDays(365);

    static Culling read(Settings settings) {
        return new Culling(
                clock(settings, "TERMINAL_CULL_NO_VIEWER_SECONDS"),
                clock(settings, "TERMINAL_CULL_NO_INPUT_SECONDS"),
                clock(settings, "TERMINAL_CULL_NO_OUTPUT_SECONDS"));
    }

    private static Duration clock(Settings settings, String name) {
        Duration after = settings.seconds(name, Duration.ZERO, Duration.ZERO, LONGEST);
        if (!after.isZero() && after.compareTo(SHORTEST) < 0) {
            throw new InvalidSetting(name, "must be 0, or at least " + SHORTEST.toSeconds());
        }
        return after;
    }

    boolean isOff() {
        return equals(OFF);
    }
}
