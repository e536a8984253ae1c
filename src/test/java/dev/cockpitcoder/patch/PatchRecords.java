package dev.cockpitcoder.patch;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.cockpitcoder.persistence.Databases;
import dev.cockpitcoder.workspace.Branches;

/** The service of this room on a real database, without a container. */
public final class PatchRecords extends PatchService {
    private final Databases database;

    public PatchRecords(Databases database) {
        this.database = database;
    }

    /** The room with these records. */
    public static Patches patches(Branches branches) {
        return new Patches(new PatchRecords(Databases.H2), branches);
    }

    @Override
    public void replace(StoredPatchSet set) {
        run(store -> store.replace(set));
    }

    @Override
    public Optional<StoredPatchSet> find(UUID taskId) {
        return get(store -> store.find(taskId));
    }

    @Override
    public void begin(StoredLanding landing) {
        run(store -> store.begin(landing));
    }

    @Override
    public void landed(UUID id) {
        run(store -> store.landed(id));
    }

    @Override
    public void withdraw(UUID id) {
        run(store -> store.withdraw(id));
    }

    @Override
    public List<StoredLanding> landings(UUID taskId) {
        return get(store -> store.landings(taskId));
    }

    @Override
    public List<StoredLanding> begun() {
        return get(PatchStore::begun);
    }

    private void run(Consumer<PatchStore> work) {
        get(store -> {
            work.accept(store);
            return true;
        });
    }

    private <T> T get(Function<PatchStore, T> work) {
        return database.inTransaction(entities -> work.apply(new PatchStore(entities)));
    }
}
