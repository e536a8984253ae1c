package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Brings a checkout along whose branch has moved already, when the server was killed in between: each file is as in the old
 * commit, as in the new one, or, when the user has changed it since, left alone.
 */
final class CheckoutRecovery {
    private static final int MAX_BYTES = 16 << 20;

    private final PrivateGitDir git;
    private final Landing landing;

    CheckoutRecovery(PrivateGitDir git, Landing landing) {
        this.git = git;
        this.landing = landing;
    }

    void run(IndexLock lock) {
        Set<String> unlikeOld = unlike(landing.before());
        // what a landing adds is not there yet: as it was
        Set<String> added = changed("A");
        Set<String> removed = changed("D");
        Set<String> unlikeNew = unlike(landing.after());
        unlikeNew.retainAll(changed("ADMT"));
        unlikeNew.removeIf(name -> unlikeOld.contains(name) || added.contains(name) && exists(name));
        removed.removeIf(name -> unlikeOld.contains(name) || !exists(name));
        try {
            for (String name : removed) {
                Files.delete(path(name));
            }
            for (String name : unlikeNew) {
                git.run(MAX_BYTES, "checkout-index", "--force", "--", name).require();
            }
            git.run(MAX_BYTES, "update-index", "-q", "--refresh");
            lock.replaceIndex(git.path().resolve("index"));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    /** Which files of a commit are not on disk as in it. The private index is that commit's afterwards. */
    private Set<String> unlike(String commit) {
        git.run(MAX_BYTES, "read-tree", "--reset", tree(commit)).require();
        git.run(MAX_BYTES, "update-index", "-q", "--refresh");
        return names("diff-files", "-z", "--name-only", "--ignore-submodules=all");
    }

    /** What the landing does to which files: {@code A}, {@code D}, {@code M} and {@code T} of git-diff(1). */
    private Set<String> changed(String kinds) {
        return names(
                "diff-tree",
                "-r",
                "-z",
                "--no-renames",
                "--name-only",
                "--diff-filter=" + kinds,
                tree(landing.before()),
                tree(landing.after()));
    }

    private Set<String> names(String... arguments) {
        List<String> listed =
                Arrays.asList(git.run(MAX_BYTES, arguments).require().output().split("\0"));
        Set<String> names = new TreeSet<>(listed);
        names.remove("");
        return names;
    }

    private String tree(String commit) {
        return commit == null
                ? git.run(MAX_BYTES, "hash-object", "-t", "tree", "/dev/null")
                        .require()
                        .output()
                        .strip()
                : commit;
    }

    private boolean exists(String name) {
        return Files.exists(path(name), LinkOption.NOFOLLOW_LINKS);
    }

    private Path path(String name) {
        return git.repository().resolve(ByteText.utf8(name));
    }
}
