package dev.cockpitcoder.workspace;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A diff as clients see it. */
public record DiffView(
        List<PatchView> patches,

        @Schema(description = "How many patches there are in all; when truncated, at least so many")
        int files,

        @Schema(description = "Whether something is left out, because it is too much or may not be read")
        boolean truncated) {}
