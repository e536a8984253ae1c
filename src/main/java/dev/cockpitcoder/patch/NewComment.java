package dev.cockpitcoder.patch;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user says of a hunk, or of a file. */
public record NewComment(
        @Schema(required = true) String file,

        @Schema(description = "Its number in the file's hunks, from 0; the whole file when hunk and id are absent")
        Integer hunk,

        @Schema(description = "The id of the hunk: 409 when it is not there any more")
        String id,

        @Schema(required = true) String text) {}
