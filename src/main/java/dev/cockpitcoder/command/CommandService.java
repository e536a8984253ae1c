package dev.cockpitcoder.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The history of commands, each call in a transaction of its own: what runs is on record before it is started. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CommandService {
    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    private CommandStore store;

    @PostConstruct
    void open() {
        store = new CommandStore(entities);
    }

    public void add(StoredCommand command) {
        store.add(command);
    }

    /** Of a command that was not started after all. */
    public void withdraw(UUID id) {
        store.withdraw(id);
    }

    /** @param ended as it is to be remembered; one that is not on record as running stays as it is */
    public void end(StoredCommand ended, String output) {
        store.end(ended, output);
    }

    public Optional<StoredCommand> find(UUID sessionId, UUID id) {
        return store.find(sessionId, id);
    }

    public Optional<String> output(UUID id) {
        return store.output(id);
    }

    public Optional<StoredCommand> byKey(UUID sessionId, String key) {
        return store.byKey(sessionId, key);
    }

    public List<StoredCommand> page(UUID sessionId, StoredCommand before, int limit) {
        return store.page(sessionId, before, limit);
    }

    /** Only when no command of this server runs: at its start. */
    public int interruptRunning() {
        return store.interruptRunning(Instant.now());
    }

    public int purge(Instant before) {
        return store.purge(before);
    }
}
