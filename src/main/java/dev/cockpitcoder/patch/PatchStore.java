package dev.cockpitcoder.patch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.EntityManager;

/** The queries of this room. It works in the caller's transaction. */
final class PatchStore {
    private final EntityManager entities;

    PatchStore(EntityManager entities) {
        this.entities = entities;
    }

    void replace(StoredPatchSet set) {
        entities.merge(set);
    }

    Optional<StoredPatchSet> find(UUID taskId) {
        return Optional.ofNullable(entities.find(StoredPatchSet.class, taskId.toString()));
    }

    void begin(StoredLanding landing) {
        entities.persist(landing);
    }

    void landed(UUID id) {
        Optional.ofNullable(entities.find(StoredLanding.class, id.toString())).ifPresent(StoredLanding::landed);
    }

    /** As if it had never been begun. */
    void withdraw(UUID id) {
        Optional.ofNullable(entities.find(StoredLanding.class, id.toString())).ifPresent(entities::remove);
    }

    /** The newest first. */
    List<StoredLanding> landings(UUID taskId) {
        return entities.createNamedQuery("StoredLanding.ofTask", StoredLanding.class)
                .setParameter("task", taskId.toString())
                .getResultList();
    }

    /** What a killed server did not end. */
    List<StoredLanding> begun() {
        return entities.createNamedQuery("StoredLanding.begun", StoredLanding.class)
                .getResultList();
    }
}
