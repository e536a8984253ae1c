package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Brings a checkout along whose branch has moved already, when the server was killed in between. A file that is as in the old
 * commit, or gone, or a beginning of what it is to be, is what git had come to; any other is the user's, and left alone.
 */
final class CheckoutRecovery {
    private static final int MAX_BYTES = 64 << 20;

    /** The objects a file was and is to be; zeros for none. */
    private record Change(String oldId, String newId) {
        boolean goes() {
            return newId.matches("0+");
        }
    }

    private final PrivateGitDir git;
    private final String before;
    private final String after;
    /** Whether git was on its way from {@code after} to {@code before}, and a file may be a beginning of either. */
    private final boolean back;

    CheckoutRecovery(PrivateGitDir git, Landing landing) {
        this(git, landing, false);
    }

    private CheckoutRecovery(PrivateGitDir git, Landing landing, boolean back) {
        this.git = git;
        this.before = tree(landing.before());
        this.after = tree(landing.after());
        this.back = back;
    }

    /** Takes a checkout back that git could not bring along. */
    static CheckoutRecovery takeBack(PrivateGitDir git, Landing landing) {
        return new CheckoutRecovery(git, landing.back(), true);
    }

    void run(IndexLock lock) {
        Map<String, Change> changed = changed();
        Set<String> changedSince = unlike(before);
        Set<String> old = names("ls-files", "-z");
        old.removeAll(changedSince);
        Set<String> unlikeNew = unlike(after);
        List<String> toWrite = new ArrayList<>();
        try {
            for (Map.Entry<String, Change> entry : changed.entrySet()) {
                String name = entry.getKey();
                Change change = entry.getValue();
                if (change.goes() && exists(name) && (old.contains(name) || isBegun(name, change))) {
                    Files.delete(path(name));
                } else if (!change.goes() && unlikeNew.contains(name) && isOurs(name, change, old)) {
                    toWrite.add(name);
                }
            }
            if (back) {
                makeRoom(toWrite);
            }
            write(toWrite);
            if (!back) {
                git.run(MAX_BYTES, "update-index", "-q", "--refresh");
                lock.replaceIndex(git.path().resolve("index"));
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    private boolean isOurs(String name, Change change, Set<String> old) throws IOException {
        if (!exists(name)) {
            return true;
        }
        if (!Files.isRegularFile(path(name), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return old.contains(name) || isBeginning(name, change.newId()) || isBegun(name, change);
    }

    /** Whether git may have come so far with it, on the way that is taken back. */
    private boolean isBegun(String name, Change change) throws IOException {
        return back && Files.isRegularFile(path(name), LinkOption.NOFOLLOW_LINKS) && isBeginning(name, change.oldId());
    }

    private boolean isBeginning(String name, String id) throws IOException {
        if (Files.size(path(name)) > MAX_BYTES) {
            return false;
        }
        Git.Answer blob = git.run(MAX_BYTES, "cat-file", "blob", id);
        return blob.exitCode() == 0
                && blob.output().startsWith(Files.readString(path(name), StandardCharsets.ISO_8859_1));
    }

    private void makeRoom(List<String> names) throws IOException {
        for (String name : names) {
            Files.deleteIfExists(path(name));
        }
    }

    private void write(List<String> names) throws IOException {
        if (!names.isEmpty()) {
            Path list = Files.writeString(
                    git.path().resolve("names"), String.join("\0", names) + "\0", StandardCharsets.ISO_8859_1);
            git.run(Map.of(), list, MAX_BYTES, "checkout-index", "--force", "-z", "--stdin")
                    .require();
        }
    }

    /** Which files of a tree are not on disk as in it. The private index is that tree afterwards. */
    private Set<String> unlike(String tree) {
        git.run(MAX_BYTES, "read-tree", "--reset", tree).require();
        git.run(MAX_BYTES, "update-index", "-q", "--refresh");
        return names("diff-files", "-z", "--name-only", "--ignore-submodules=all");
    }

    private Map<String, Change> changed() {
        String[] raw = git.run(
                        MAX_BYTES, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", before, after)
                .require()
                .output()
                .split("\0");
        Map<String, Change> changed = new HashMap<>();
        for (int i = 0; i + 1 < raw.length; i += 2) {
            String[] fields = raw[i].split(" ");
            changed.put(raw[i + 1], new Change(fields[2], fields[3]));
        }
        return changed;
    }

    private Set<String> names(String... arguments) {
        Set<String> names = new TreeSet<>(
                Arrays.asList(git.run(MAX_BYTES, arguments).require().output().split("\0")));
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
