package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * What was taken of a working copy last, as a commit on its base at {@code refs/cockpit/tasks/<id>} of the task's git directory:
 * nothing prunes it, and {@code git fetch} gets it from there.
 */
final class KeptWork {
    private static final CommitText TEXT =
            new CommitText("What the agent has left in its working copy", "Cockpit Coder", "cockpit-coder@localhost");
    private static final String PARENT = "refs/cockpit/tasks/";
    private static final int ID_BYTES = 100;

    private final TaskGitDir git;
    private final String ref;

    /** @param task its id */
    KeptWork(TaskGitDir git, String task) {
        this.git = git;
        this.ref = PARENT + task;
    }

    String ref() {
        return ref;
    }

    /** @param base a commit; null for none */
    void keep(String tree, String base) {
        if (tree().filter(tree::equals).isPresent()) {
            return;
        }
        List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-m", TEXT.message()));
        if (base != null) {
            arguments.addAll(List.of("-p", base));
        }
        String commit = git.id(TEXT.variables(), arguments.toArray(String[]::new));
        try {
            // as git writes one: nobody else writes here
            Files.createDirectories(git.path().resolve(PARENT));
            Path lock = Files.writeString(git.path().resolve(ref + ".lock"), commit + "\n");
            Files.move(lock, git.path().resolve(ref), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be kept on the server.", e);
        }
    }

    /** Empty when nothing was taken yet. */
    Optional<String> commit() {
        return find(ref);
    }

    Optional<String> tree() {
        return Files.exists(git.path().resolve(ref)) ? find(ref + "^{tree}") : Optional.empty();
    }

    /** Whether this is kept, and all of it that the base has not is there. */
    boolean has(String tree, String base) {
        List<String> arguments = new ArrayList<>(List.of("rev-list", "--objects", "--quiet", ref));
        if (base != null) {
            arguments.add("^" + base);
        }
        return tree().filter(tree::equals).isPresent()
                && git.run(ID_BYTES, arguments.toArray(String[]::new)).exitCode() == 0;
    }

    private Optional<String> find(String expression) {
        Git.Answer found = git.run(ID_BYTES, "rev-parse", "--verify", "--quiet", expression);
        return found.exitCode() == 0 ? Optional.of(found.output().strip()) : Optional.empty();
    }
}
