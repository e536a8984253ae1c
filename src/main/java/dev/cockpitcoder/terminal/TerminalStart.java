package dev.cockpitcoder.terminal;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/** Checks this room's settings when the server starts, and ends the shells while the container can still serve that. */
@Singleton
@Startup
@DependsOn("StartCheck")
public class TerminalStart {
    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<TerminalRegistry> registry;

    @PostConstruct
    void open() {
        StartCheck.orExplain(() -> registry.get().warmUp());
    }

    @PreDestroy
    void close() {
        registry.get().close();
    }
}
