package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an agent asks, as clients see it. */
public record ApprovalView(
        UUID id,
        UUID taskId,

        @Schema(description = "What it wants to do") String content,

        @Schema(enumeration = {"open", "allowed", "denied", "expired", "cancelled"})
        String status,

        @Schema(description = "Whether the agent's profile answered by itself")
        boolean byProfile,

        Instant askedAt,
        Instant answeredAt) {
    static ApprovalView of(StoredApproval approval) {
        return new ApprovalView(
                approval.id(),
                approval.taskId(),
                approval.title(),
                approval.answer() == null ? "open" : approval.answer().text(),
                approval.byProfile(),
                approval.askedAt(),
                approval.answeredAt());
    }
}
