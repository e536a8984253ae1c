package dev.cockpitcoder.task;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.cockpitcoder.server.Settings;

/** Makes this room's configuration injectable. */
@ApplicationScoped
class TaskProducer {
    @Produces
    @Singleton
    TaskConfig config(Settings settings) {
        return TaskConfig.read(settings);
    }
}
