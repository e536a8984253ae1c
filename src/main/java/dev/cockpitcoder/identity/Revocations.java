package dev.cockpitcoder.identity;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What is revoked, asked on every request: a map in memory over the stored list. */
@ApplicationScoped
public class Revocations {
    private final Map<String, Instant> keepUntilById = new ConcurrentHashMap<>();

    private RevocationService service;

    Revocations() {}

    @Inject
    Revocations(RevocationService service) {
        this.service = service;
    }

    @PostConstruct
    void load() {
        service.all().forEach(revocation -> keepUntilById.put(revocation.id(), revocation.keepUntil()));
    }

    /**
     * Refuses every token of this session from now on. Stored in the caller's transaction.
     *
     * @param lastExpiry when the last token that was made for it expires by itself
     */
    public void revokeSession(UUID sessionId, Instant lastExpiry) {
        revoke("sid:" + sessionId, lastExpiry);
    }

    void revokeToken(Caller caller) {
        revoke("jti:" + caller.tokenId(), caller.expiresAt());
    }

    boolean isRevoked(Caller caller) {
        return keepUntilById.containsKey("jti:" + caller.tokenId())
                || caller.sessionId() != null && keepUntilById.containsKey("sid:" + caller.sessionId());
    }

    /** Forgets what no unexpired token needs any more. */
    void purge(Instant now) {
        service.purge(now);
        keepUntilById.values().removeIf(keepUntil -> keepUntil.isBefore(now));
    }

    private void revoke(String id, Instant keepUntil) {
        service.save(new Revocation(id, keepUntil));
        keepUntilById.put(id, keepUntil);
    }
}
