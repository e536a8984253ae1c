package dev.cockpitcoder.event;

import java.time.Instant;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/** Checks this room's settings when the server starts, and forgets events by their age; by their number {@link EventLog} does. */
@Singleton
@Startup
@DependsOn("Database")
public class EventRetention {
    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<EventConfig> config;

    @Inject
    private EventService service;

    @PostConstruct
    void check() {
        StartCheck.orExplain(config::get);
    }

    @Schedule(hour = "*", minute = "41", persistent = false)
    void everyHour() {
        service.purge(Instant.now().minus(config.get().retention()));
    }
}
