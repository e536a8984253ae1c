package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A task as clients see it. {@code id} and {@code taskId} are the same: existing clients read the one or the other. */
public record TaskView(
        UUID id,
        UUID taskId,
        String instruction,

        @Schema(description = "Where its patches go") String branch,

        @Schema(description = "The commit it began with; absent when the branch had none")
        String base,

        @Schema(enumeration = {"pending", "running", "completed", "failed"})
        String status,

        @Schema(
                enumeration = {
                    "queued",
                    "preparing",
                    "running",
                    "waiting_approval",
                    "ready",
                    "failed",
                    "cancelled",
                    "interrupted",
                    "applied",
                    "discarded"
                })
        String phase,

        @Schema(description = "Why it is in this phase, for people; absent when there is nothing to say")
        String reason,

        String agent,

        @Schema(description = "Its place in the queue, from 1; absent when it does not wait")
        Integer position,

        @Schema(description = "How many files its patches change; absent before there are any")
        Integer files,

        @Schema(description = "What it takes of the server's disk, as measured after its last run")
        long diskBytes,

        Instant createdAt,
        Instant updatedAt,

        @Schema(description = "When its first run began; while it waits, when it was made")
        Instant startedAt,

        Instant endedAt) {

    /**
     * @param position 0 when it does not wait
     * @param files null before there are patches
     */
    static TaskView of(StoredTask task, int position, Integer files) {
        return new TaskView(
                task.id(),
                task.id(),
                task.instruction(),
                task.branch(),
                task.baseCommit(),
                task.phase().status(),
                task.phase().text(),
                task.reason(),
                task.agent(),
                position == 0 ? null : position,
                files,
                task.diskBytes(),
                task.createdAt(),
                task.updatedAt(),
                task.startedAt() == null ? task.createdAt() : task.startedAt(),
                task.endedAt());
    }
}
