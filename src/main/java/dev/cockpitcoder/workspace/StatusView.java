package dev.cockpitcoder.workspace;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a repository stands, as clients see it. */
public record StatusView(
        @Schema(description = "Absent when HEAD is detached")
        String branch,

        boolean detached,

        @Schema(description = "The commit's full id; absent before the first one")
        String head,

        @Schema(description = "Such as origin/main; absent when there is none")
        String upstream,

        @Schema(description = "Commits the upstream has not; absent when it cannot be told")
        Integer ahead,

        @Schema(description = "Commits only the upstream has")
        Integer behind,

        @Schema(
                description = "What is not finished; absent when nothing",
                enumeration = {"merge", "rebase", "cherry-pick", "revert", "bisect"})
        String operation,

        List<ChangeView> files,

        @Schema(description = "How many files are changed, untracked or in conflict; when truncated, at least so many")
        int changed,

        int staged,
        int unstaged,
        int untracked,
        int conflicted,

        @Schema(description = "Whether files are left out, because there are too many")
        boolean truncated) {}
