package dev.cockpitcoder.patch;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.workspace.FileChange;
import dev.cockpitcoder.workspace.FilePatch;
import dev.cockpitcoder.workspace.HunkView;
import dev.cockpitcoder.workspace.PatchSet;
import dev.cockpitcoder.workspace.PatchView;

/** A task's patches as clients see them. */
public record PatchesView(
        @Schema(description = "Others when the patches are others; absent before the first run has ended")
        String revision,

        List<OfferedPatch> patches) {

    /** A patch that can be applied, as a whole or by its hunks. */
    public record OfferedPatch(
            @Schema(description = "Its name, or the one it had; a file that becomes a link has two patches")
            String file,

            @Schema(description = "The name it had; absent unless it is renamed")
            String oldFile,

            @Schema(description = "The diff of this file") String patch,

            @Schema(description = "The same as patch") String content,

            @Schema(enumeration = {"added", "modified", "deleted", "renamed"})
            String type,

            @Schema(description = "Octal, such as 100755; absent when it stays")
            String oldMode,

            String newMode,
            boolean binary,

            @Schema(description = "Whether single hunks of it can be applied")
            boolean divisible,

            @Schema(description = "Whether it must be named in confirm, because tools run it")
            boolean risky,

            @Schema(description = "Why it cannot be applied; absent when it can")
            String refusal,

            @Schema(description = "Whether all of it is on the branch")
            boolean applied,

            List<OfferedHunk> hunks) {}

    /** A hunk that can be applied. */
    public record OfferedHunk(
            @Schema(description = "By its content: the same as long as it is")
            String id,

            @Schema(description = "From 1; 0 when it takes no line from the old file")
            int startOld,

            int lenOld,
            int startNew,
            int lenNew,

            @Schema(description = "Each with its leading space, +, - or \\, and without its line feed")
            List<String> lines,

            @Schema(description = "Whether it is on the branch")
            boolean applied) {}

    static PatchesView none() {
        return new PatchesView(null, List.of());
    }

    static PatchesView of(PatchSet set, Marks marks) {
        List<OfferedPatch> patches = new ArrayList<>();
        for (FileChange change : set.changes()) {
            List<String> ids = change.hunkIds();
            int next = 0;
            for (FilePatch patch : change.patches()) {
                int end = next + patch.hunks().size();
                patches.add(patch(change, PatchView.of(patch), ids.subList(next, end), marks));
                next = end;
            }
        }
        return new PatchesView(set.revision(), patches);
    }

    private static OfferedPatch patch(FileChange change, PatchView patch, List<String> ids, Marks marks) {
        List<OfferedHunk> hunks = new ArrayList<>();
        for (int number = 0; number < ids.size(); number++) {
            HunkView hunk = patch.hunks().get(number);
            String id = ids.get(number);
            hunks.add(new OfferedHunk(
                    id,
                    hunk.startOld(),
                    hunk.lenOld(),
                    hunk.startNew(),
                    hunk.lenNew(),
                    hunk.lines(),
                    marks.ids().contains(id)));
        }
        return new OfferedPatch(
                patch.file(),
                patch.oldFile(),
                patch.patch(),
                patch.content(),
                patch.type(),
                patch.oldMode(),
                patch.newMode(),
                patch.binary(),
                change.divisible() && change.hunks() > 1,
                RiskyFiles.isRisky(change.file()),
                change.refusal(),
                marks.has(change),
                hunks);
    }
}
