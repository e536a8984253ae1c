package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** Makes a tree of a base and what was chosen of the changes to it, in an index of its own: no file is touched. */
final class ChosenTree {
    private static final int NOTHING_BYTES = 1 << 10;

    private final TaskGitDir git;
    private final String name = "chosen-" + UUID.randomUUID();
    private final Path index;
    private final Map<String, String> variables;

    ChosenTree(TaskGitDir git) {
        this.git = git;
        this.index = git.path().resolve(name);
        this.variables = Map.of("GIT_INDEX_FILE", index.toString());
    }

    /** @return the tree's id */
    String build(String baseTree, List<Choice> choices) {
        try {
            git.id(variables, "read-tree", baseTree);
            run(whole(choices), "update-index", "-z", "--index-info");
            String patch = parts(choices);
            if (!patch.isEmpty()) {
                run(patch, "apply", "--cached", "--whitespace=nowarn", "-p1", "-");
            }
            return git.id(variables, "write-tree");
        } finally {
            try {
                Files.deleteIfExists(index);
                Files.deleteIfExists(input());
            } catch (IOException e) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write its files.", e);
            }
        }
    }

    private void run(String input, String... arguments) {
        git.write(inputName(), input);
        if (git.run(variables, input(), NOTHING_BYTES, arguments).exitCode() != 0) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "The chosen hunks do not fit their base any more: read the patches again.");
        }
    }

    private Path input() {
        return git.path().resolve(inputName());
    }

    private String inputName() {
        return name + ".input";
    }

    /** By their objects: exact whatever the file is. git-update-index(1), "Using --index-info". */
    private static String whole(List<Choice> choices) {
        StringBuilder info = new StringBuilder();
        for (Choice choice : choices) {
            FileChange change = choice.change();
            if (choice.whole()) {
                String oldFile = change.last().oldFile();
                if (oldFile != null) {
                    remove(info, change, oldFile);
                }
                if (change.deleted()) {
                    remove(info, change, change.last().file());
                }
            }
        }
        // removals first: a directory may take the place of a file
        for (Choice choice : choices) {
            FileChange change = choice.change();
            if (choice.whole() && !change.deleted()) {
                info.append(change.newMode())
                        .append(' ')
                        .append(change.newId())
                        .append('\t')
                        .append(change.last().file())
                        .append('\0');
            }
        }
        return info.toString();
    }

    private static void remove(StringBuilder info, FileChange change, String file) {
        info.append("0 ")
                .append("0".repeat(change.newId().length()))
                .append('\t')
                .append(file)
                .append('\0');
    }

    private static String parts(List<Choice> choices) {
        StringBuilder patch = new StringBuilder();
        for (Choice choice : choices) {
            if (!choice.whole()) {
                FilePatch file = choice.change().last();
                patch.append(file.header());
                int shift = 0;
                for (int number : choice.hunks().stream().sorted().toList()) {
                    Hunk hunk = file.hunks().get(number);
                    patch.append(hunk.text(shift));
                    shift += hunk.lenNew() - hunk.lenOld();
                }
            }
        }
        return patch.toString();
    }
}
