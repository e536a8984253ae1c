package dev.cockpitcoder.command;

import java.time.Instant;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/**
 * Checks this room's settings when the server starts, and ends the commands while the container can still serve that:
 * those on terminals before the terminals.
 */
@Singleton
@Startup
@DependsOn({"Database", "TerminalStart"})
public class CommandStart {
    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<CommandRegistry> registry;

    @Inject
    private Instance<CommandConfig> config;

    @Inject
    private CommandService service;

    @PostConstruct
    void open() {
        StartCheck.orExplain(() -> registry.get().open(service.interruptRunning()));
    }

    @PreDestroy
    void close() {
        registry.get().close();
    }

    @Schedule(hour = "*", minute = "47", persistent = false)
    void everyHour() {
        service.purge(Instant.now().minus(config.get().retention()));
    }
}
