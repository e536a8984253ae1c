package dev.cockpitcoder.workspace;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A hunk as clients see it. */
public record HunkView(
        @Schema(description = "From 1; 0 when it takes no line from the old file")
        int startOld,

        int lenOld,
        int startNew,
        int lenNew,

        @Schema(description = "Each with its leading space, +, - or \\, and without its line feed")
        List<String> lines) {

    static HunkView of(Hunk hunk) {
        return new HunkView(
                hunk.startOld(),
                hunk.lenOld(),
                hunk.startNew(),
                hunk.lenNew(),
                hunk.lines().stream().map(ByteText::utf8).toList());
    }
}
