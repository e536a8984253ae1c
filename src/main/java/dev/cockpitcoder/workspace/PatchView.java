package dev.cockpitcoder.workspace;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happens to one file, as clients see it. Bytes that are no UTF-8 are shown as U+FFFD. */
public record PatchView(
        @Schema(description = "Its name, or the one it had; in quotation marks, as git writes it, when it is no UTF-8")
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

        @Schema(description = "Whether it is not text, or larger than 8 MiB; there are no hunks then")
        boolean binary,

        @Schema(description = "Whether its last hunks are left out, because the diff is too large")
        boolean truncated,

        List<HunkView> hunks) {

    public static PatchView of(FilePatch patch) {
        String text = ByteText.utf8(patch.text());
        return new PatchView(
                ByteText.name(patch.file()),
                patch.oldFile() == null ? null : ByteText.name(patch.oldFile()),
                text,
                text,
                patch.type().text(),
                patch.oldMode(),
                patch.newMode(),
                patch.binary(),
                patch.truncated(),
                patch.hunks().stream().map(HunkView::of).toList());
    }
}
