package dev.cockpitcoder.identity;

import java.time.Instant;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import dev.cockpitcoder.server.StartCheck;

/** Readies this room at the start, and keeps its keys and lists in order afterwards. */
@Singleton
@Startup
@DependsOn("Database")
public class IdentityStart {
    @Inject
    private Instance<SigningKeys> keys;

    @Inject
    private PairingCodes pairingCodes;

    @Inject
    private Revocations revocations;

    @PostConstruct
    void start() {
        StartCheck.orExplain(() -> keys.get().rotate(Instant.now()));
        pairingCodes.refreshFile();
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void everyHour() {
        Instant now = Instant.now();
        keys.get().rotate(now);
        revocations.purge(now);
    }
}
