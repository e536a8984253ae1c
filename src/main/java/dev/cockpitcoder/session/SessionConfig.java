package dev.cockpitcoder.session;

import java.time.Duration;

import dev.cockpitcoder.server.Settings;

/**
 * @param lifetime {@code SESSION_TTL_SECONDS}: what a new session gets, and what an extension adds from now
 * @param retention {@code SESSION_RETENTION_DAYS}: how long an ended session stays on record
 */
record SessionConfig(Duration lifetime, Duration retention) {
    static SessionConfig read(Settings settings) {
        return new SessionConfig(
                settings.seconds(
                        "SESSION_TTL_SECONDS", Duration.ofDays(1), Duration.ofSeconds(1), Duration.ofDays(366)),
                Duration.ofDays(settings.number("SESSION_RETENTION_DAYS", 30, 1, 3650)));
    }
}
