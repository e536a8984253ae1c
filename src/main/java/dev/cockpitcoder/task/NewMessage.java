package dev.cockpitcoder.task;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.patch.NewComment;

/** What the agent is asked further: in words, by comments on its patches, or both. */
public record NewMessage(
        @Schema(description = "May be absent when there are comments")
        String content,

        @Schema(description = "On hunks of the task's patches; all of them are one message")
        List<NewComment> comments,

        @Schema(
                description =
                        "Of the patches that the comments are on, as they were read: 409 when they are others now")
        String revision) {
    boolean hasComments() {
        return comments != null && !comments.isEmpty();
    }
}
