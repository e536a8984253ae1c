package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.json.Json;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** What keeps a branch of the user's repository from being moved. */
final class Obstacles {
    private static final int MAX_BYTES = 1 << 20;
    private static final int NOTHING_BYTES = 1 << 10;
    private static final int MAX_TRACKED_BYTES = 64 << 20;
    private static final int MAX_NAMED = 20;

    private final PrivateGitDir git;
    private final String branch;
    private Set<String> tracked;

    Obstacles(PrivateGitDir git, String branch) {
        this.git = git;
        this.branch = branch;
    }

    /** @throws ProblemException CONFLICT when something else than this checkout holds the branch */
    void requireNoneElsewhere() {
        requireNotRebased(git.repository().resolve(".git"));
        Path worktrees = git.repository().resolve(".git/worktrees");
        if (!Files.isDirectory(worktrees)) {
            return;
        }
        try (DirectoryStream<Path> others = Files.newDirectoryStream(worktrees)) {
            for (Path other : others) {
                requireNotRebased(other);
                Path head = other.resolve("HEAD");
                if (Files.isRegularFile(head) && Files.readString(head).strip().equals("ref: refs/heads/" + branch)) {
                    throw new ProblemException(
                            ProblemCode.CONFLICT,
                            "The branch is checked out in another working tree of this repository.");
                }
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
    }

    /** HEAD is detached meanwhile, and git moves the branch in the end, if it is where it was. */
    private void requireNotRebased(Path directory) {
        for (String state : new String[] {"rebase-merge", "rebase-apply"}) {
            Path name = directory.resolve(state).resolve("head-name");
            try {
                if (Files.isRegularFile(name) && Files.readString(name).strip().equals("refs/heads/" + branch)) {
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

    /**
     * @param before the tree that the checkout is to be at
     * @param after the tree that it is to go to
     * @throws ProblemException CONFLICT naming the paths that are in the way
     */
    void requireCleanCheckout(String before, String after) {
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
        List<String> covered = untrackedInTheWay(before, after);
        if (!covered.isEmpty()) {
            throw inTheWay(covered);
        }
    }

    /** Ignored files too: git would take those for worthless. */
    private List<String> untrackedInTheWay(String before, String after) {
        Git.Answer added = git.run(
                        MAX_BYTES,
                        "diff-tree",
                        "-r",
                        "-z",
                        "--no-renames",
                        "--name-only",
                        "--diff-filter=A",
                        before,
                        after)
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

    static ProblemException inTheWay(List<String> files) {
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
