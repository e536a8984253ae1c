package dev.cockpitcoder.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.cockpitcoder.server.DataDirectory;

/** The git engine on real repositories, for tests of this and of other rooms. */
public record Engine(WorkingCopies copies, Branches branches) {
    static final CommitText TEXT = new CommitText("from a phone", "Ann", "ann@example.invalid");

    public static Engine in(Path directory) {
        WorkspaceConfig config = new WorkspaceConfig(List.of(directory), Git.onPath());
        DataDirectory data = new DataDirectory(directory.resolve("home"));
        return new Engine(new WorkingCopies(config, data), new Branches(config, data, new WorkingTrees(config, data)));
    }

    /** A copy of the branch that is checked out. */
    public WorkingCopy copy(Repo repo) {
        return copies.create(
                UUID.randomUUID(),
                repo.path(),
                branches.tip(repo.path(), "main").commit());
    }

    Landing apply(WorkingCopy copy, PatchSet set, List<Choice> choices) {
        Landing landing = branches.apply(copy, "main", set, choices, TEXT);
        return branches.land(copy, landing, TEXT) ? landing : null;
    }

    Landing applyAll(WorkingCopy copy) {
        PatchSet set = copy.snapshot();
        return apply(copy, set, all(set, change -> true));
    }

    static List<Choice> all(PatchSet set, Predicate<FileChange> wanted) {
        return set.changes().stream()
                .filter(wanted)
                .map(change -> new Choice(
                        change, IntStream.range(0, change.hunks()).boxed().collect(Collectors.toSet())))
                .toList();
    }

    static List<Choice> only(PatchSet set, String file, Integer... hunks) {
        return set.changes().stream()
                .filter(change -> change.file().equals(file))
                .map(change -> new Choice(change, Set.of(hunks)))
                .toList();
    }
}
