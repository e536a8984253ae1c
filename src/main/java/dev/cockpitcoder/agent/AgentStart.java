package dev.cockpitcoder.agent;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/** Checks this room's settings when the server starts. */
@Singleton
@Startup
@DependsOn("StartCheck")
public class AgentStart {
    // an Instance: what goes wrong in making it goes wrong inside orExplain
    @Inject
    private Instance<AgentConfig> config;

    @PostConstruct
    void check() {
        StartCheck.orExplain(config::get);
    }
}
