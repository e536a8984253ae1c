package dev.cockpitcoder.patch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Choice;
import dev.cockpitcoder.workspace.FileChange;
import dev.cockpitcoder.workspace.PatchSet;
import dev.cockpitcoder.workspace.UnsafePath;

/** What a client chose, checked against the patches there are. For one use. */
final class Selection {
    private final Map<String, FileChange> changes;
    private final Map<FileChange, Set<Integer>> chosen = new LinkedHashMap<>();

    private Selection(PatchSet set) {
        this.changes = set.changes().stream().collect(Collectors.toMap(FileChange::file, change -> change));
    }

    /**
     * @throws ProblemException CONFLICT for what is not there (any more), INVALID for what may not be applied,
     *     CONFIRMATION_NEEDED naming the files
     */
    static List<Choice> of(NewApply wanted, PatchSet set) {
        if (wanted == null || wanted.select() == null || wanted.select().isEmpty()) {
            throw new ProblemException(ProblemCode.INVALID, "select must name what is to be applied.");
        }
        requireRevision(wanted.revision(), set);
        Selection selection = new Selection(set);
        wanted.select().forEach(selection::add);
        List<Choice> choices = selection.choices();
        requireSafe(choices);
        requireConfirmed(choices, wanted.confirm() == null ? List.of() : wanted.confirm());
        return choices;
    }

    /** @param revision as the client read it; null when it does not say */
    static void requireRevision(String revision, PatchSet set) {
        if (revision != null && !revision.equals(set.revision())) {
            throw stale("The patches have changed since they were read.");
        }
    }

    private void add(NewApply.SelectedFile selected) {
        if (selected == null || selected.file() == null) {
            throw new ProblemException(ProblemCode.INVALID, "Each item of select must name a file.");
        }
        FileChange change = changes.get(selected.file());
        if (change == null) {
            throw noPatch(selected.file());
        }
        Set<Integer> hunks = chosen.computeIfAbsent(change, any -> new TreeSet<>());
        if (selected.hunks() == null && selected.ids() == null
                || !change.divisible() && isEmpty(selected.hunks()) && isEmpty(selected.ids())) {
            IntStream.range(0, change.hunks()).forEach(hunks::add);
        }
        if (selected.hunks() != null) {
            selected.hunks().forEach(number -> hunks.add(requireNumber(change, number)));
        }
        if (selected.ids() != null) {
            selected.ids()
                    .forEach(id ->
                            hunks.add(requireNumber(change, change.hunkIds().indexOf(id))));
        }
    }

    private static boolean isEmpty(Collection<?> values) {
        return values == null || values.isEmpty();
    }

    static ProblemException noPatch(String file) {
        if (UnsafePath.isNamed(file)) {
            return new ProblemException(
                    ProblemCode.INVALID,
                    "'" + shortened(file) + "' leads outside of the repository or into a git directory.");
        }
        return stale("There is no patch of the file '" + shortened(file) + "'.");
    }

    static int requireNumber(FileChange change, Integer number) {
        if (number == null || number < 0 || number >= change.hunks()) {
            throw stale("There is no such hunk in the patch of '" + shortened(change.file()) + "'.");
        }
        return number;
    }

    private List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        chosen.forEach((change, hunks) -> {
            if (!change.divisible() && hunks.size() < change.hunks()) {
                throw new ProblemException(
                        ProblemCode.INVALID,
                        "'" + shortened(change.file())
                                + "' is added, deleted, renamed or changes its mode: it can be applied as a whole only.");
            }
            if (!change.divisible() || !hunks.isEmpty() || change.hunks() == 0) {
                choices.add(new Choice(change, hunks));
            }
        });
        if (choices.isEmpty()) {
            throw new ProblemException(ProblemCode.INVALID, "select chooses no hunk.");
        }
        return choices;
    }

    private static void requireSafe(List<Choice> choices) {
        for (Choice choice : choices) {
            String refusal = choice.change().refusal();
            if (refusal != null) {
                throw new ProblemException(
                                ProblemCode.INVALID,
                                "'" + shortened(choice.change().file()) + "' cannot be applied: " + refusal + ".")
                        .with(Json.createObjectBuilder()
                                .add(
                                        "files",
                                        Json.createArrayBuilder()
                                                .add(choice.change().file()))
                                .build());
            }
        }
    }

    private static void requireConfirmed(List<Choice> choices, List<String> confirmed) {
        List<String> missing = choices.stream()
                .map(choice -> choice.change().file())
                .filter(file -> RiskyFiles.isRisky(file) && !confirmed.contains(file))
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(
                            ProblemCode.CONFIRMATION_NEEDED,
                            "These files can run programs when the repository is used; name them in confirm to apply them: "
                                    + shortened(String.join(", ", missing)) + ".")
                    .with(Json.createObjectBuilder()
                            .add("files", Json.createArrayBuilder(missing))
                            .build());
        }
    }

    private static ProblemException stale(String what) {
        return new ProblemException(ProblemCode.CONFLICT, what + " Read the patches again.");
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
