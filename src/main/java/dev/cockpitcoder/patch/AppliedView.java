package dev.cockpitcoder.patch;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an apply, or an undo, has done. */
public record AppliedView(
        boolean ok,

        @Schema(description = "Where the branch is now; absent when its only commit was taken back")
        String commit,

        String branch,

        @Schema(description = "The commit's message") String message) {
    static AppliedView of(StoredLanding landing) {
        return new AppliedView(
                true, landing.landing().after(), landing.landing().branch(), landing.message());
    }
}
