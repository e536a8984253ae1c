package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Makes a tree of what an agent left in a working copy. Not with {@code git add --all}: that runs {@code git status} inside of
 * submodules, with their configuration, and gives up at the first file it cannot take.
 */
final class Snapshot {
    private static final int MAX_LIST_BYTES = 32 << 20;
    private static final int NOTHING_BYTES = 1 << 10;
    /** Of a file: git would take minutes, and the disk space once more. */
    private static final long MAX_FILE_BYTES = 100L << 20;

    private static final int ATTEMPTS = 3;

    private final TaskGitDir git;
    private final Path files;

    Snapshot(TaskGitDir git, Path files) {
        this.git = git;
        this.files = files;
    }

    /** @return the tree's id */
    String take() {
        // a killed snapshot may have left a lock, and an index of half of it
        remove("index.lock");
        for (int attempt = 1; ; attempt++) {
            if (update()) {
                return git.id("write-tree");
            }
            if (attempt == ATTEMPTS) {
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE, "The working copy changes too fast to be read: try again.");
            }
        }
    }

    /** @return false when a file went away meanwhile */
    private boolean update() {
        List<String> gone = new ArrayList<>();
        List<String> names = new ArrayList<>();
        changed(gone, names);
        names.addAll(untracked());
        // what is gone is not looked for: git takes no name that is beyond a link, as where a directory became one
        return index(gone, "--force-remove") && index(names, "--add", "--remove", "--replace");
    }

    private boolean index(List<String> names, String... options) {
        if (names.isEmpty()) {
            return true;
        }
        Path input = git.write("snapshot", String.join("\0", names) + "\0");
        List<String> arguments = new ArrayList<>(List.of("update-index"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("-z", "--stdin"));
        return git.run(Map.of(), input, NOTHING_BYTES, arguments.toArray(String[]::new))
                        .exitCode()
                == 0;
    }

    /** A submodule stays what it is in the base. Unlike ls-files, diff-files looks with several threads. */
    private void changed(List<String> gone, List<String> modified) {
        List<String> listed = list("diff-files", "-z", "--name-status", "--no-renames", "--ignore-submodules=all");
        for (int i = 0; i + 1 < listed.size(); i += 2) {
            String name = listed.get(i + 1);
            if (listed.get(i).equals("D")) {
                gone.add(name);
            } else if (canBeTaken(name)) {
                modified.add(name);
            }
        }
    }

    private List<String> untracked() {
        return list("ls-files", "--others", "--exclude-standard", "-z").stream()
                // what ends in a slash is a repository of its own
                .filter(name -> !name.endsWith("/") && !UnsafePath.hasGitPart(name))
                .filter(this::canBeTaken)
                .toList();
    }

    private List<String> list(String... arguments) {
        Git.Answer listed = git.run(MAX_LIST_BYTES, arguments).require();
        if (listed.truncated()) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "More files are changed than can be shown.");
        }
        return List.of(listed.output().split("\0")).stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** git gives up all of it for one pipe, or one file that it may not read. */
    private boolean canBeTaken(String name) {
        try {
            Path file = files.resolve(ByteText.utf8(name));
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile() && attributes.size() > MAX_FILE_BYTES) {
                throw new ProblemException(
                        ProblemCode.TOO_LARGE,
                        "A file is larger than " + (MAX_FILE_BYTES >> 20)
                                + " MiB, which no patch is: have it deleted or ignored. It is " + ByteText.name(name));
            }
            return !attributes.isOther() && (!attributes.isRegularFile() || Files.isReadable(file));
        } catch (IOException | InvalidPathException goneOrNoUtf8) {
            return true;
        }
    }

    private void remove(String name) {
        try {
            Files.deleteIfExists(git.path().resolve(name));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be read now.", e);
        }
    }
}
