package dev.cockpitcoder.agent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class AgentProducer {
    @Produces
    @Singleton
    AgentConfig config(Settings settings, DataDirectory data) {
        return AgentConfig.read(settings, data);
    }
}
