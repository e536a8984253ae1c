package dev.cockpitcoder.event;

import java.time.Duration;

import dev.cockpitcoder.server.Settings;

/**
 * @param retention {@code EVENT_RETENTION_DAYS}: how long an event is kept
 * @param readersPerSession {@code EVENT_READERS_PER_SESSION}: open sockets and streams of one session
 * @param readers {@code EVENT_READERS}: the same of all sessions; one that is not read holds about 250 kB
 * @param perSession {@code EVENTS_PER_SESSION}: how many of a session's events are kept, the newest
 */
record EventConfig(Duration retention, long perSession, int readersPerSession, int readers) {
    static EventConfig read(Settings settings) {
        return new EventConfig(
                Duration.ofDays(settings.number("EVENT_RETENTION_DAYS", 30, 1, 3650)),
                settings.number("EVENTS_PER_SESSION", 10_000, 100, 10_000_000),
                (int) settings.number("EVENT_READERS_PER_SESSION", 32, 1, 10_000),
                (int) settings.number("EVENT_READERS", 256, 1, 100_000));
    }
}
