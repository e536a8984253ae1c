package dev.cockpitcoder.command;

import java.time.Duration;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * @param allowlist {@code CMD_ALLOWLIST}
 * @param isolation {@code CMD_ISOLATION}: {@code auto}, {@code bubblewrap} or {@code none}
 * @param timeout {@code CMD_TIMEOUT_DEFAULT_MS}: for requests that name none
 * @param longest {@code CMD_TIMEOUT_MAX_MS}: what any time-out is cut to
 * @param maxOutputBytes {@code CMD_OUTPUT_MAX_BYTES}: how much output of a command is kept
 * @param maxPerSession {@code CMD_MAX_PER_SESSION}: running commands
 * @param maxInAll {@code CMD_MAX}: running commands
 * @param retention {@code CMD_RETENTION_DAYS}: how long an ended command is remembered
 */
record CommandConfig(
        Allowlist allowlist,
        Isolation isolation,
        Duration timeout,
        Duration longest,
        int maxOutputBytes,
        int maxPerSession,
        int maxInAll,
        Duration retention) {

    static CommandConfig read(Settings settings) {
        Duration longest = millis(settings, "CMD_TIMEOUT_MAX_MS", Duration.ofMinutes(10));
        return new CommandConfig(
                Allowlist.parse(settings.text(Allowlist.NAME).orElse("")),
                isolation(settings.text("CMD_ISOLATION").orElse("auto")),
                shorter(millis(settings, "CMD_TIMEOUT_DEFAULT_MS", Duration.ofMinutes(1)), longest),
                longest,
                (int) settings.number("CMD_OUTPUT_MAX_BYTES", 1 << 20, 1 << 10, 16 << 20),
                (int) settings.number("CMD_MAX_PER_SESSION", 4, 1, 1000),
                (int) settings.number("CMD_MAX", 16, 1, 1000),
                Duration.ofDays(settings.number("CMD_RETENTION_DAYS", 30, 1, 3650)));
    }

    /** @param wantedMillis null for the default */
    Duration timeoutFor(Long wantedMillis) {
        return wantedMillis == null ? timeout : shorter(Duration.ofMillis(wantedMillis), longest);
    }

    private static Duration millis(Settings settings, String name, Duration fallback) {
        return Duration.ofMillis(
                settings.number(name, fallback.toMillis(), 1, Duration.ofDays(1).toMillis()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Isolation isolation(String value) {
        try {
            return Isolation.of(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("CMD_ISOLATION", e.getMessage(), e);
        }
    }
}
