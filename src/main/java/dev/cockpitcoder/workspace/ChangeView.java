package dev.cockpitcoder.workspace;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a file differs, as clients see it. */
public record ChangeView(
        @Schema(description = "In quotation marks, as git writes it, when it is no UTF-8")
        String file,

        @Schema(description = "The name it had; absent unless it is renamed")
        String oldFile,

        @Schema(
                description = "Between HEAD and the index; absent when nothing",
                enumeration = {"added", "modified", "deleted", "renamed", "copied", "type_changed"})
        String staged,

        @Schema(
                description = "Between the index and the working tree; absent when nothing",
                enumeration = {"added", "modified", "deleted", "renamed", "copied", "type_changed"})
        String unstaged,

        @Schema(
                description = "What both sides of a merge did; absent without a conflict",
                enumeration = {
                    "both_deleted",
                    "added_by_us",
                    "deleted_by_them",
                    "added_by_them",
                    "deleted_by_us",
                    "both_added",
                    "both_modified"
                })
        String conflict,

        boolean untracked) {}
