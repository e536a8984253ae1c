package dev.cockpitcoder.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class EventProducer {
    @Produces
    @Singleton
    EventConfig config(Settings settings) {
        return EventConfig.read(settings);
    }
}
