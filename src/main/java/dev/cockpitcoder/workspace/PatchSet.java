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
    private static final int REVISION_CHARS = 16;
    private static final int RAW_FIELDS = 5;

    public PatchSet {
        changes = List.copyOf(changes);
    }

    /** The same for the same changes of the same base, and for no others. */
    public String revision() {
        return tree.substring(0, REVISION_CHARS);
    }

    /** @throws ProblemException TOO_LARGE when it has more than 10 MiB */
    static PatchSet read(TaskGitDir git, String base, String tree) {
        Git.Answer answer = git.run(
                        MAX_BYTES,
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
        if (answer.truncated()) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "The changes have more than " + (MAX_BYTES >> 20) + " MiB of text.");
        }
        return new PatchSet(base, tree, changes(answer.output()));
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
