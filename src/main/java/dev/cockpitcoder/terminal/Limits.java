package dev.cockpitcoder.terminal;

import java.time.Duration;

import dev.cockpitcoder.server.Settings;

/**
 * What one terminal may take; 0 is no limit.
 *
 * @param processes {@code TERMINAL_PROCESSES_MAX}: processes and threads at once
 * @param lifetime {@code TERMINAL_LIFETIME_SECONDS}
 * @param outputBytes {@code TERMINAL_OUTPUT_MAX_BYTES}: written in all, not what is kept
 */
record Limits(int processes, Duration lifetime, long outputBytes) {
    static final Limits NONE = new Limits(0, Duration.ZERO, 0);

    static Limits read(Settings settings) {
        return new Limits(
                (int) settings.number("TERMINAL_PROCESSES_MAX", 4096, 0, 1 << 22),
                settings.seconds("TERMINAL_LIFETIME_SECONDS", Duration.ofDays(7), Duration.ZERO, Duration.ofDays(3650)),
                settings.number("TERMINAL_OUTPUT_MAX_BYTES", 100L << 30, 0, 1L << 60));
    }
}
