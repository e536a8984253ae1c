package dev.cockpitcoder.workspace;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What git began in a repository and waits to go on with; told by the files it leaves (wt-status.c does so too). */
enum Operation {
    REBASE("rebase", "rebase-merge", "rebase-apply"),
    MERGE("merge", "MERGE_HEAD"),
    CHERRY_PICK("cherry-pick", "CHERRY_PICK_HEAD"),
    REVERT("revert", "REVERT_HEAD"),
    BISECT("bisect", "BISECT_LOG");

    private final String text;
    private final List<String> files;

    Operation(String text, String... files) {
        this.text = text;
        this.files = List.of(files);
    }

    String text() {
        return text;
    }

    static Optional<Operation> in(Path repository) {
        Path git = repository.resolve(".git");
        return Arrays.stream(values())
                .filter(operation -> operation.files.stream()
                        .anyMatch(file -> Files.exists(git.resolve(file), LinkOption.NOFOLLOW_LINKS)))
                .findFirst();
    }
}
