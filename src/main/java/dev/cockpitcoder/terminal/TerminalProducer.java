package dev.cockpitcoder.terminal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class TerminalProducer {
    @Produces
    @Singleton
    TerminalConfig config(Settings settings) {
        return TerminalConfig.read(settings);
    }
}
