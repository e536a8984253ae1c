package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** Makes the diff of what is not committed. */
final class Diff {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_UNTRACKED = 2000;
    private static final int MAX_UNTRACKED_BYTES = 1 << 20;
    private static final int ID_BYTES = 100;
    private static final int NOTHING_BYTES = 100;
    private static final int ATTEMPTS = 3;
    private static final List<String> FORMAT = List.of(
            "diff",
            "--raw",
            "--patch",
            "--find-renames",
            "--full-index",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            // to look for changes in one, git would run there with its configuration
            "--ignore-submodules=dirty");

    private final PrivateGitDir directory;
    private final int maxBytes;

    Diff(PrivateGitDir directory) {
        this(directory, MAX_BYTES);
    }

    Diff(PrivateGitDir directory, int maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    DiffView read(DiffScope scope) {
        boolean complete = scope == DiffScope.STAGED || addUntracked();
        List<String> arguments = new ArrayList<>(FORMAT);
        arguments.addAll(
                switch (scope) {
                    case ALL -> List.of(base());
                    case STAGED -> List.of("--cached");
                    // of a conflict: against our side
                    case UNSTAGED -> List.of("--ours");
                });
        arguments.add("--");
        Git.Answer answer =
                directory.run(maxBytes, arguments.toArray(String[]::new)).require();
        return view(answer, complete);
    }

    private static DiffView view(Git.Answer answer, boolean complete) {
        String output = answer.output();
        int at = 0;
        int files = 0;
        // one line a file, with no line feed in it, and an empty line before the patches
        while (output.startsWith(":", at)) {
            int end = output.indexOf('\n', at);
            String line = output.substring(at, end < 0 ? output.length() : end);
            at = end < 0 ? output.length() : end + 1;
            files += patches(line.substring(0, Math.max(0, line.indexOf('\t'))));
        }
        String patches = output.startsWith("\n", at) ? output.substring(at + 1) : "";
        List<FilePatch> parsed = answer.truncated() ? UnifiedDiff.parseBeginning(patches) : UnifiedDiff.parse(patches);
        return new DiffView(
                parsed.stream().map(PatchView::of).toList(),
                Math.max(files, parsed.size()),
                answer.truncated() || !complete);
    }

    /** A file that becomes a link is two patches; one that is unmerged has its patch beside this line. */
    private static int patches(String raw) {
        return raw.endsWith(" T") ? 2 : raw.endsWith(" U") ? 0 : 1;
    }

    private String base() {
        Git.Answer head = directory.run(ID_BYTES, "rev-parse", "--verify", "--quiet", "HEAD");
        return head.exitCode() == 0
                ? head.output().strip()
                : directory
                        .run(ID_BYTES, "hash-object", "-t", "tree", "/dev/null")
                        .require()
                        .output()
                        .strip();
    }

    /**
     * Marks untracked files, in our index, as to be added: without their content.
     *
     * @return false when there are some that are not shown
     */
    private boolean addUntracked() {
        for (int attempt = 1; ; attempt++) {
            Git.Answer listed = directory
                    .run(MAX_UNTRACKED_BYTES, "ls-files", "--others", "--exclude-standard", "-z")
                    .require();
            // what ends in a slash is a repository of its own
            List<String> all = Arrays.stream(listed.output()
                            .substring(0, listed.output().lastIndexOf('\0') + 1)
                            .split("\0"))
                    .filter(name -> !name.isEmpty() && !name.endsWith("/"))
                    .toList();
            List<String> names =
                    all.stream().filter(this::isReadable).limit(MAX_UNTRACKED).toList();
            if (names.isEmpty() || add(names) || attempt == ATTEMPTS) {
                return !listed.truncated() && names.size() == all.size();
            }
        }
    }

    /** git gives up the whole diff for one file that it may not read. */
    private boolean isReadable(String name) {
        try {
            Path file = directory.repository().resolve(ByteText.utf8(name));
            return Files.notExists(file) || Files.isSymbolicLink(file) || Files.isReadable(file);
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /** @return false when none was added, because one is no longer there */
    private boolean add(List<String> names) {
        Path list = directory.path().resolve("untracked");
        try {
            Files.writeString(list, String.join("\0", names), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
        return directory
                        .run(
                                NOTHING_BYTES,
                                "add",
                                "--intent-to-add",
                                "--ignore-errors",
                                "--pathspec-from-file=" + list,
                                "--pathspec-file-nul")
                        .exitCode()
                <= 1;
    }
}
