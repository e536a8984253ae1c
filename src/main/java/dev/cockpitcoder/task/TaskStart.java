package dev.cockpitcoder.task;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/** Takes up at the start what a dead server left, and ends the tasks while the container can still serve that. */
@Singleton
@Startup
@DependsOn({"Database", "AgentStart"})
public class TaskStart {
    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<TaskRegistry> registry;

    @Inject
    private TaskService service;

    @PostConstruct
    void open() {
        StartCheck.orExplain(() -> registry.get().open(service.interruptActive()));
    }

    @PreDestroy
    void close() {
        registry.get().close();
    }

    @Schedule(hour = "*", minute = "53", persistent = false)
    void everyHour() {
        registry.get().putAway();
    }
}
