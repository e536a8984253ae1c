package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Makes the commits that are to land, among the objects of a task: neither the user's repository nor a checkout is touched. What
 * a branch got since the base is merged three-way (git-merge-tree(1)); merge drivers of the repository do not run.
 */
final class LandingBuilder {
    private static final int MAX_MERGE_BYTES = 1 << 20;
    private static final int NOTHING_BYTES = 100;
    private static final int CONFLICTS = 1;

    private final TaskGitDir git;
    private final CommitText text;

    LandingBuilder(TaskGitDir git, CommitText text) {
        this.git = git;
        this.text = text;
    }

    /**
     * @param base null for none
     * @throws ProblemException CONFLICT when it cannot be merged, naming the files and hunks, or when nothing would change
     */
    Landing apply(String base, PatchSet set, List<Choice> choices, BranchTip tip) {
        requireBranch(base, tip);
        String tree = new ChosenTree(git).build(set.base(), choices);
        if (!Objects.equals(base, tip.commit())) {
            String chosen = commit(tree, base);
            tree = merge(tip.commit(), chosen, conflicting -> conflict(conflicting, choices));
        }
        return landing(tree, tip, "The branch has these changes already: nothing is to be done.");
    }

    /**
     * What takes a landing back: the branch itself when nothing came after it, else a commit that reverses it.
     *
     * @throws ProblemException CONFLICT with the reason why it cannot be taken back
     */
    Landing undo(Landing applied, BranchTip tip) {
        if (applied.after().equals(tip.commit())) {
            return applied.back();
        }
        if (tip.commit() == null
                || git.run(NOTHING_BYTES, "merge-base", "--is-ancestor", applied.after(), tip.commit())
                                .exitCode()
                        != 0) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "The branch does not have this commit any more: there is nothing to undo.");
        }
        // its only parent is the commit that is to be undone, which makes that the base of the merge
        String reversed = commit(git.tree(applied.before()), applied.after());
        String tree = merge(tip.commit(), reversed, LandingBuilder::undoConflict);
        return landing(tree, tip, "What was applied is not in the branch any more: there is nothing to undo.");
    }

    private Landing landing(String tree, BranchTip tip, String whenNothing) {
        if (tree.equals(git.tree(tip.commit()))) {
            throw new ProblemException(ProblemCode.CONFLICT, whenNothing);
        }
        return new Landing(tip.branch(), tip.commit(), commit(tree, tip.commit()));
    }

    private static void requireBranch(String base, BranchTip tip) {
        if (base != null && tip.commit() == null) {
            throw new ProblemException(ProblemCode.CONFLICT, "The branch is not there any more.");
        }
    }

    private String commit(String tree, String parent) {
        Path message = git.path().resolve("message-" + UUID.randomUUID());
        try {
            Files.writeString(message, text.message() + "\n", StandardCharsets.UTF_8);
            List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-F", message.toString()));
            if (parent != null) {
                arguments.addAll(List.of("-p", parent));
            }
            String commit = git.id(text.variables(), arguments.toArray(String[]::new));
            Files.delete(message);
            return commit;
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write its files.", e);
        }
    }

    private interface Conflict {
        ProblemException in(List<String> files);
    }

    private String merge(String ours, String theirs, Conflict conflict) {
        Git.Answer merged = git.run(
                text.variables(),
                Path.of("/dev/null"),
                MAX_MERGE_BYTES,
                "merge-tree",
                "--write-tree",
                "--allow-unrelated-histories",
                "--no-messages",
                "--name-only",
                "-z",
                ours,
                theirs);
        List<String> fields = Arrays.asList(merged.output().split("\0"));
        if (merged.exitCode() == CONFLICTS) {
            throw conflict.in(fields.subList(1, fields.size()).stream()
                    .filter(file -> !file.isEmpty())
                    .map(ByteText::name)
                    .distinct()
                    .toList());
        }
        merged.require();
        return fields.get(0);
    }

    private static ProblemException undoConflict(List<String> files) {
        return new ProblemException(
                        ProblemCode.CONFLICT,
                        "Later commits changed the same lines: undo would conflict in " + String.join(", ", files)
                                + ". Nothing was changed.")
                .with(conflicts(files, Map.of()));
    }

    private static ProblemException conflict(List<String> files, List<Choice> choices) {
        Map<String, Choice> chosen = new HashMap<>();
        choices.forEach(choice -> chosen.put(choice.change().file(), choice));
        return new ProblemException(
                        ProblemCode.CONFLICT,
                        "The branch has moved, and the chosen changes conflict with it in " + String.join(", ", files)
                                + ". Nothing was changed.")
                .with(conflicts(files, chosen));
    }

    private static JsonObject conflicts(List<String> files, Map<String, Choice> chosen) {
        JsonArrayBuilder conflicts = Json.createArrayBuilder();
        for (String file : files) {
            JsonArrayBuilder hunks = Json.createArrayBuilder();
            if (chosen.containsKey(file)) {
                chosen.get(file).hunks().stream().sorted().forEach(hunks::add);
            }
            conflicts.add(Json.createObjectBuilder().add("file", file).add("hunks", hunks));
        }
        return Json.createObjectBuilder().add("conflicts", conflicts).build();
    }
}
