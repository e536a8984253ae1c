package dev.cockpitcoder.patch;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.cockpitcoder.workspace.Choice;
import dev.cockpitcoder.workspace.FileChange;

/** Which hunks, and which files without hunks, have landed. */
record Marks(Set<String> ids) {
    private static final String SEPARATOR = "\n";

    Marks {
        ids = Set.copyOf(ids);
    }

    static String text(List<Choice> choices) {
        return choices.stream()
                .flatMap(choice -> {
                    List<String> hunks = choice.change().hunkIds();
                    return hunks.isEmpty()
                            ? Stream.of(whole(choice.change()))
                            : choice.hunks().stream().map(hunks::get);
                })
                .sorted()
                .collect(Collectors.joining(SEPARATOR));
    }

    static Marks of(Collection<String> texts) {
        return new Marks(
                texts.stream().flatMap(text -> Stream.of(text.split(SEPARATOR))).collect(Collectors.toSet()));
    }

    boolean has(FileChange change) {
        return change.hunkIds().isEmpty() ? ids.contains(whole(change)) : ids.containsAll(change.hunkIds());
    }

    /** By its content: the same name with another content has not landed. */
    private static String whole(FileChange change) {
        return "file " + Integer.toHexString(change.file().hashCode()) + " " + change.newMode() + " " + change.newId();
    }
}
