package dev.cockpitcoder.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

/** The queries of this room. It works in the caller's transaction. */
final class SessionStore {
    private static final int MAX_LISTED = 200;

    private final EntityManager entities;

    SessionStore(EntityManager entities) {
        this.entities = entities;
    }

    void add(CodingSession session) {
        entities.persist(session);
    }

    Optional<CodingSession> find(UUID id) {
        return Optional.ofNullable(entities.find(CodingSession.class, id.toString()));
    }

    /** Locked until the end of the transaction: of two that end a session only one sees it live. */
    Optional<CodingSession> findForUpdate(UUID id) {
        return Optional.ofNullable(entities.find(CodingSession.class, id.toString(), LockModeType.PESSIMISTIC_WRITE));
    }

    /** The newest first. */
    List<CodingSession> liveOf(String owner, Instant now) {
        return entities.createNamedQuery("CodingSession.liveOf", CodingSession.class)
                .setParameter("owner", owner)
                .setParameter("now", now)
                .setMaxResults(MAX_LISTED)
                .getResultList();
    }

    List<CodingSession> expired(Instant now) {
        return entities.createNamedQuery("CodingSession.expired", CodingSession.class)
                .setParameter("now", now)
                .getResultList();
    }

    /** @return how many were forgotten */
    int purge(Instant before) {
        return entities.createNamedQuery("CodingSession.purge")
                .setParameter("before", before)
                .executeUpdate();
    }
}
