package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Moves a branch of the user's repository by one compare-and-swap, and brings along the checkout that is on it. The ref goes
 * first: killed at any point, the branch is at the old commit or at the new one.
 */
final class BranchMove {
    private static final int NOTHING_BYTES = 1 << 10;
    private static final List<String> UPDATE =
            List.of("-c", "core.filesRefLockTimeout=1000", "-c", "core.fsync=all", "update-ref");
    private static final Path NO_INPUT = Path.of("/dev/null");

    private final PrivateGitDir git;
    private final ObjectTransfer objects;
    private final Landing landing;
    private final CommitText text;

    /**
     * @param git opened when the index was locked already, where the branch is checked out; borrows the objects of the task
     * @param objects brings them over when nothing is in the way
     */
    BranchMove(PrivateGitDir git, ObjectTransfer objects, Landing landing, CommitText text) {
        this.git = git;
        this.objects = objects;
        this.landing = landing;
        this.text = text;
    }

    /**
     * @param lock the index's; null when the branch is not checked out
     * @return false when the branch is not where the landing begins: nothing was done
     * @throws ProblemException CONFLICT when the checkout is in the way, naming the paths; nothing was done then
     */
    boolean run(IndexLock lock) {
        Obstacles obstacles = new Obstacles(git, landing.branch());
        obstacles.requireNoneElsewhere();
        if (lock != null) {
            obstacles.requireCleanCheckout(tree(landing.before()), tree(landing.after()));
        }
        if (landing.after() != null) {
            objects.bring(landing.after(), landing.before());
        }
        if (!moveRef(landing)) {
            return false;
        }
        if (lock == null) {
            return true;
        }
        try {
            bringCheckout(lock);
        } catch (RuntimeException e) {
            takeBack(lock);
            throw e;
        }
        return true;
    }

    /** Somebody wrote to a file this very moment, or the disk is full: git may have written some of the files. */
    private void takeBack(IndexLock lock) {
        // first, because it makes room for the ref
        CheckoutRecovery.takeBack(git, landing).run(lock);
        if (!moveRef(landing.back())) {
            // somebody else moved it on: the landing is in the branch
            throw new IllegalStateException("the branch has moved on, and its checkout could not be brought along");
        }
    }

    private boolean moveRef(Landing move) {
        String ref = "refs/heads/" + move.branch();
        String zeros = "0".repeat((move.before() == null ? move.after() : move.before()).length());
        String before = move.before() == null ? zeros : move.before();
        List<String> arguments = new ArrayList<>(UPDATE);
        arguments.addAll(
                move.after() == null
                        ? List.of("-d", ref, before)
                        : List.of("-m", "cockpit: " + subject(), ref, move.after(), before));
        boolean moved = git.run(variables(), NO_INPUT, NOTHING_BYTES, arguments.toArray(String[]::new))
                        .exitCode()
                == 0;
        if (!moved && isAt(ref, move.before())) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE,
                    "git cannot move the branch: its lock " + ".git/" + ref
                            + ".lock is held or left, or nothing can be written there. Nothing was changed.");
        }
        return moved;
    }

    private boolean isAt(String ref, String commit) {
        Git.Answer found = git.run(NOTHING_BYTES, "show-ref", "--verify", "--hash", "--", ref);
        return Objects.equals(commit, found.exitCode() == 0 ? found.output().strip() : null);
    }

    private Map<String, String> variables() {
        return new HashMap<>(text.variables());
    }

    private String subject() {
        return text.message().lines().findFirst().orElse("");
    }

    private void bringCheckout(IndexLock lock) {
        Git.Answer brought =
                git.run(NOTHING_BYTES, "read-tree", "-m", "-u", tree(landing.before()), tree(landing.after()));
        if (brought.exitCode() != 0) {
            throw Obstacles.inTheWay(List.of());
        }
        try {
            lock.replaceIndex(git.path().resolve("index"));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    private String tree(String commit) {
        return commit == null
                ? git.run(NOTHING_BYTES, "hash-object", "-t", "tree", "/dev/null")
                        .require()
                        .output()
                        .strip()
                : commit;
    }
}
