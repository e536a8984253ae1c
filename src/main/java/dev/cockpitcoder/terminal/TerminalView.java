package dev.cockpitcoder.terminal;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A terminal as clients see it. */
public record TerminalView(
        UUID id,
        UUID sessionId,

        @Schema(description = "Whether it is the one that clients get who name none")
        boolean isDefault,

        boolean running,

        @Schema(
                description =
                        "Absent while it runs, and when the server was killed while it ran; 128 + n when signal n ended the shell")
        Integer exitCode,

        @Schema(
                enumeration = {
                    "PROGRAM",
                    "CLOSED",
                    "SERVER_STOPPED",
                    "PROCESS_LIMIT",
                    "LIFETIME_LIMIT",
                    "OUTPUT_LIMIT",
                    "IDLE"
                },
                description = "Why it ended; absent while it runs")
        String reason,

        @Schema(description = "As the program set it; absent when it did not")
        String title,

        int cols,
        int rows,
        Instant createdAt,

        @Schema(description = "Absent while it runs; of one that a killed server left, when the next server found it")
        Instant endedAt,

        @Schema(description = "The offset of the first output byte that is still kept")
        long oldest,

        @Schema(description = "The offset the next output byte will have")
        long head,

        @Schema(
                enumeration = {"latest", "lossless"},
                description = "What happens when a viewer is slower than the program")
        String drain,

        int viewers) {

    static TerminalView of(Terminal terminal) {
        TerminalRecord record = terminal.record();
        return new TerminalView(
                terminal.id(),
                record.sessionId(),
                record.isDefault(),
                record.endedAt() == null,
                record.exitCode(),
                record.ending() == null ? null : record.ending().name(),
                terminal.title().isEmpty() ? null : terminal.title(),
                record.size().cols(),
                record.size().rows(),
                record.createdAt(),
                record.endedAt(),
                terminal.log().oldest(),
                terminal.log().head(),
                terminal.pacing().drain().text(),
                terminal.viewers().size());
    }
}
