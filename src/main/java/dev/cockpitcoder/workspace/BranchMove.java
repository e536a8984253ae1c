package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.json.Json;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Moves a branch of the user's repository by one compare-and-swap, and brings along the checkout that is on it. The ref goes
 * first: killed at any point, the branch is at the old commit or at the new one.
 */
final class BranchMove {
    private static final int MAX_BYTES = 1 << 20;
    private static final int NOTHING_BYTES = 1 << 10;
    private static final int MAX_TRACKED_BYTES = 64 << 20;
    private static final int MAX_NAMED = 20;
    private static final String LOCK_WAIT = "core.filesRefLockTimeout=1000";
    private static final Path NO_INPUT = Path.of("/dev/null");

    private final PrivateGitDir git;
    private final ObjectTransfer objects;
    private final Landing landing;
    private final CommitText text;
    private Set<String> tracked;

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
        requireNotRebased(git.repository().resolve(".git"));
        requireNoOtherCheckout();
        if (lock != null) {
            requireClean();
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
        String[] arguments = move.after() == null
                ? new String[] {"-c", LOCK_WAIT, "update-ref", "-d", ref, before}
                : new String[] {"-c", LOCK_WAIT, "update-ref", "-m", "cockpit: " + subject(), ref, move.after(), before
                };
        boolean moved = git.run(variables(), NO_INPUT, NOTHING_BYTES, arguments).exitCode() == 0;
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
            throw inTheWay(List.of());
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

    private void requireClean() {
        Operation.in(git.repository()).ifPresent(operation -> {
            throw unfinished(operation);
        });
        // files that were touched and are as they were: read-tree would not look into them
        git.run(NOTHING_BYTES, "update-index", "-q", "--ignore-submodules", "--refresh");
        Git.Answer status = git.run(
                        MAX_BYTES,
                        "status",
                        "--porcelain=v2",
                        "-z",
                        "--untracked-files=no",
                        "--ignore-submodules=dirty")
                .require();
        List<String> dirty = PorcelainStatus.parse(status.output(), status.truncated(), null).files().stream()
                .map(ChangeView::file)
                .toList();
        if (!dirty.isEmpty()) {
            throw inTheWay(dirty);
        }
        List<String> covered = untrackedInTheWay();
        if (!covered.isEmpty()) {
            throw inTheWay(covered);
        }
    }

    /** Ignored files too: git would take those for worthless. */
    private List<String> untrackedInTheWay() {
        Git.Answer added = git.run(
                        MAX_BYTES,
                        "diff-tree",
                        "-r",
                        "-z",
                        "--no-renames",
                        "--name-only",
                        "--diff-filter=A",
                        tree(landing.before()),
                        tree(landing.after()))
                .require();
        return Arrays.stream(added.output().split("\0"))
                .filter(name -> !name.isEmpty())
                .map(this::covered)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** The untracked thing where this file is to be, or where one of its directories is. */
    private Optional<String> covered(String name) {
        for (int end = name.indexOf('/'); ; end = name.indexOf('/', end + 1)) {
            String part = end < 0 ? name : name.substring(0, end);
            Path path = git.repository().resolve(ByteText.utf8(part));
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            if (end < 0 || !directory) {
                return isTracked(part, path, directory) ? Optional.empty() : Optional.of(ByteText.name(part));
            }
        }
    }

    /** Of a directory: all files in it. */
    private boolean isTracked(String name, Path path, boolean directory) {
        if (!directory) {
            return tracked().contains(name);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .allMatch(file ->
                            tracked().contains(ByteText.of(git.repository().relativize(file))));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
    }

    /** Read when something is in the way at all. */
    private Set<String> tracked() {
        if (tracked == null) {
            tracked = new HashSet<>(Arrays.asList(git.run(MAX_TRACKED_BYTES, "ls-files", "-z")
                    .require()
                    .output()
                    .split("\0")));
        }
        return tracked;
    }

    /** HEAD is detached meanwhile, and git moves the branch in the end, if it is where it was. */
    private void requireNotRebased(Path directory) {
        for (String state : new String[] {"rebase-merge", "rebase-apply"}) {
            Path name = directory.resolve(state).resolve("head-name");
            try {
                if (Files.isRegularFile(name)
                        && Files.readString(name).strip().equals("refs/heads/" + landing.branch())) {
                    throw unfinished(Operation.REBASE);
                }
            } catch (IOException e) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
            }
        }
    }

    private static ProblemException unfinished(Operation operation) {
        return new ProblemException(
                ProblemCode.CONFLICT,
                "A " + operation.text() + " is not finished in this repository: finish or abort it first.");
    }

    private void requireNoOtherCheckout() {
        Path worktrees = git.repository().resolve(".git/worktrees");
        if (!Files.isDirectory(worktrees)) {
            return;
        }
        try (DirectoryStream<Path> others = Files.newDirectoryStream(worktrees)) {
            for (Path other : others) {
                requireNotRebased(other);
                Path head = other.resolve("HEAD");
                if (Files.isRegularFile(head)
                        && Files.readString(head).strip().equals("ref: refs/heads/" + landing.branch())) {
                    throw new ProblemException(
                            ProblemCode.CONFLICT,
                            "The branch is checked out in another working tree of this repository.");
                }
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
    }

    private static ProblemException inTheWay(List<String> files) {
        String named = String.join(", ", files.subList(0, Math.min(MAX_NAMED, files.size())));
        return new ProblemException(
                        ProblemCode.CONFLICT,
                        "The checkout of this branch has changes that are not committed"
                                + (named.isEmpty() ? "" : ": " + named)
                                + ". Commit, stash or remove them first; nothing was changed.")
                .with(Json.createObjectBuilder()
                        .add("files", Json.createArrayBuilder(files))
                        .build());
    }
}
