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

        @Schema(description = "Absent while it runs; 128 + n when signal n ended the shell")
        Integer exitCode,

        int cols,
        int rows,
        Instant createdAt,
        Instant endedAt,

        @Schema(description = "The offset of the first output byte that is still kept")
        long oldest,

        @Schema(description = "The offset the next output byte will have")
        long head,

        int viewers) {

    static TerminalView of(Terminal terminal) {
        boolean running = terminal.running();
        return new TerminalView(
                terminal.id(),
                terminal.sessionId(),
                terminal.isDefault(),
                running,
                running ? null : terminal.exitCode(),
                terminal.size().cols(),
                terminal.size().rows(),
                terminal.createdAt(),
                terminal.endedAt(),
                terminal.log().oldest(),
                terminal.log().head(),
                terminal.viewers().size());
    }
}
