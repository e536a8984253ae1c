package dev.cockpitcoder.workspace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class WorkspaceProducer {
    @Produces
    @Singleton
    WorkspaceConfig config(Settings settings) {
        return WorkspaceConfig.read(settings);
    }
}
