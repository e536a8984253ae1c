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

    private final PrivateGitDir git;
    private final String before;
    private final String after;

    CheckoutRecovery(PrivateGitDir git, Landing landing) {
        this.git = git;
        this.before = tree(landing.before());
        this.after = tree(landing.after());
    }

    void run(IndexLock lock) {
        // names to the objects they are to be; zeros for those that are to go
        Map<String, String> changed = changed();
        Set<String> changedSince = unlike(before);
        Set<String> old = names("ls-files", "-z");
        old.removeAll(changedSince);
        Set<String> unlikeNew = unlike(after);
        List<String> toWrite = new ArrayList<>();
        try {
            for (Map.Entry<String, String> change : changed.entrySet()) {
                String name = change.getKey();
                boolean goes = change.getValue().matches("0+");
                if (goes && exists(name) && old.contains(name)) {
                    Files.delete(path(name));
                } else if (!goes && unlikeNew.contains(name) && isOurs(name, change.getValue(), old)) {
                    toWrite.add(name);
                }
            }
            write(toWrite);
            git.run(MAX_BYTES, "update-index", "-q", "--refresh");
            lock.replaceIndex(git.path().resolve("index"));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    private boolean isOurs(String name, String id, Set<String> old) throws IOException {
        if (!exists(name)) {
            return true;
        }
        if (!Files.isRegularFile(path(name), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return old.contains(name) || isBeginning(name, id);
    }

    private boolean isBeginning(String name, String id) throws IOException {
        if (Files.size(path(name)) > MAX_BYTES) {
            return false;
        }
        Git.Answer blob = git.run(MAX_BYTES, "cat-file", "blob", id);
        return blob.exitCode() == 0
                && blob.output().startsWith(Files.readString(path(name), StandardCharsets.ISO_8859_1));
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

    private Map<String, String> changed() {
        String[] raw = git.run(
                        MAX_BYTES, "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", before, after)
                .require()
                .output()
                .split("\0");
        Map<String, String> changed = new HashMap<>();
        for (int i = 0; i + 1 < raw.length; i += 2) {
            changed.put(raw[i + 1], raw[i].split(" ")[3]);
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
