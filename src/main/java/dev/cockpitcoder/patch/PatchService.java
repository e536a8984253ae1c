package dev.cockpitcoder.patch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** What is on record of patches, each call in a transaction of its own: a landing is stored before its branch moves. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PatchService {
    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    private PatchStore store;

    @PostConstruct
    void open() {
        store = new PatchStore(entities);
    }

    public void replace(StoredPatchSet set) {
        store.replace(set);
    }

    public Optional<StoredPatchSet> find(UUID taskId) {
        return store.find(taskId);
    }

    public void begin(StoredLanding landing) {
        store.begin(landing);
    }

    public void landed(UUID id) {
        store.landed(id);
    }

    public void withdraw(UUID id) {
        store.withdraw(id);
    }

    public List<StoredLanding> landings(UUID taskId) {
        return store.landings(taskId);
    }

    public List<StoredLanding> begun() {
        return store.begun();
    }
}
