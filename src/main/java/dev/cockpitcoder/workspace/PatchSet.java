package dev.cockpitcoder.workspace;

import java.util.ArrayList;
import java.util.List;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * What leads from one tree to another, file by file, in the order of git.
 *
 * @param base the tree before
 * @param tree the tree after
 */
public record PatchSet(String base, String tree, List<FileChange> changes) {
    static final int MAX_BYTES = 10 << 20;
    /** From this size on a file has no hunks. */
    private static final List<String> BINARY_FROM = List.of("8m", "128k", "1");

    private static final int REVISION_CHARS = 16;
    private static final int RAW_FIELDS = 5;

    public PatchSet {
        changes = List.copyOf(changes);
    }

    /** The same for the same changes of the same base, and for no others. */
    public String revision() {
        return tree.substring(0, REVISION_CHARS);
    }

    /**
     * Where there is more than 10 MiB of text, large files have no hunks, and if need be none has: each can be taken as a whole.
     *
     * @throws ProblemException TOO_LARGE when even the names of the files are more
     */
    static PatchSet read(TaskGitDir git, String base, String tree) {
        for (String binaryFrom : BINARY_FROM) {
            Git.Answer answer = diff(git, binaryFrom, base, tree);
            if (!answer.truncated()) {
                return new PatchSet(base, tree, changes(answer.output()));
            }
        }
        throw new ProblemException(ProblemCode.TOO_LARGE, "More files are changed than can be shown.");
    }

    private static Git.Answer diff(TaskGitDir git, String binaryFrom, String base, String tree) {
        return git.run(
                        MAX_BYTES,
                        "-c",
                        "core.bigFileThreshold=" + binaryFrom,
                        "diff-tree",
                        "-r",
                        "--raw",
                        "--patch",
                        "--find-renames",
                        "--full-index",
                        "--no-abbrev",
                        "--no-color",
                        "--no-ext-diff",
                        "--no-textconv",
                        "--ignore-submodules=none",
                        "--src-prefix=a/",
                        "--dst-prefix=b/",
                        base,
                        tree)
                .require();
    }

    /** One line a file, with no line feed in it, an empty line, and the patches in the same order. */
    private static List<FileChange> changes(String output) {
        List<String[]> raw = new ArrayList<>();
        int at = 0;
        while (output.startsWith(":", at)) {
            int end = output.indexOf('\n', at);
            raw.add(output.substring(at + 1, output.indexOf('\t', at)).split(" ", RAW_FIELDS));
            at = end + 1;
        }
        List<FilePatch> patches =
                UnifiedDiff.parse(output.startsWith("\n", at) ? output.substring(at + 1) : output.substring(at));
        List<FileChange> changes = new ArrayList<>();
        int next = 0;
        for (String[] fields : raw) {
            int count = fields[4].startsWith("T") ? 2 : 1;
            changes.add(new FileChange(patches.subList(next, next + count), fields[0], fields[1], fields[3]));
            next += count;
        }
        return changes;
    }
}
