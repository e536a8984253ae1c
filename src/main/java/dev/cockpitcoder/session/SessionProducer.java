package dev.cockpitcoder.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class SessionProducer {
    @Produces
    @Singleton
    SessionConfig config(Settings settings) {
        return SessionConfig.read(settings);
    }
}
