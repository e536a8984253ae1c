package dev.cockpitcoder.patch;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be applied of a task's patches, and how. */
public record NewApply(
        @Schema(required = true, description = "May name a file several times; what is chosen of it adds up")
        List<SelectedFile> select,

        @Schema(description = "Of the commit; one is made up when it is absent")
        String commitMessage,

        @Schema(description = "Of the patches as they were read: 409 when they are others now")
        String revision,

        @Schema(description = "Files among those chosen that may run something when the repository is used")
        List<String> confirm) {
    /** What is chosen of one file. */
    public record SelectedFile(
            @Schema(required = true) String file,

            @Schema(description = "Numbers in the file's hunks, from 0; the whole file when hunks and ids are absent")
            List<Integer> hunks,

            @Schema(description = "Ids of hunks: 409 when one is not there any more")
            List<String> ids) {}
}
