package dev.cockpitcoder.event;

import java.time.Duration;
import java.time.Instant;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.Settings;

/** Forgets events after {@code EVENT_RETENTION_DAYS}. */
@Singleton
public class EventRetention {
    @Inject
    private EventService service;

    @Inject
    private Settings settings;

    @Schedule(hour = "*", minute = "41", persistent = false)
    void everyHour() {
        service.purge(Instant.now().minus(Duration.ofDays(settings.number("EVENT_RETENTION_DAYS", 30, 1, 3650))));
    }
}
