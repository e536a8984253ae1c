package dev.cockpitcoder.task;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A follow-up as clients see it. */
public record MessageView(
        UUID id,
        UUID taskId,
        String content,

        @Schema(enumeration = {"queued", "sent"}) String status,

        Instant createdAt,
        Instant sentAt) {
    static MessageView of(StoredMessage message) {
        return new MessageView(
                message.id(),
                message.taskId(),
                message.content(),
                message.sentAt() == null ? "queued" : "sent",
                message.createdAt(),
                message.sentAt());
    }
}
