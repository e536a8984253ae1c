package dev.cockpitcoder.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class CommandProducer {
    @Produces
    @Singleton
    CommandConfig config(Settings settings) {
        return CommandConfig.read(settings);
    }
}
