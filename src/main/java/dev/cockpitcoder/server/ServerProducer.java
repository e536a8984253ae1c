package dev.cockpitcoder.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;

/** Makes this room's values injectable. */
@ApplicationScoped
class ServerProducer {
    @Produces
    @Singleton
    ServerConfig config(Config config) {
        return ServerConfig.read(config);
    }

    @Produces
    @Singleton
    Settings settings(Config config) {
        return new Settings(config);
    }

    @Produces
    @Singleton
    DataDirectory dataDirectory(ServerConfig config) {
        return new DataDirectory(config.home());
    }

    @Produces
    @Singleton
    ServerAddresses addresses(ServerConfig config) {
        return new ServerAddresses(config);
    }
}
