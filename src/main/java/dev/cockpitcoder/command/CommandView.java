package dev.cockpitcoder.command;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.command.Output.Channel;

/** A command as clients see it. What is not known yet is absent. */
public record CommandView(
        UUID id,

        @Schema(description = "The same as id, as events name it")
        UUID commandId,

        @Schema(description = "Whether it ended by itself with exit code 0")
        Boolean ok,

        @Schema(description = "128 + n when signal n ended it")
        Integer code,

        String signal,

        @Schema(
                description =
                        "What it wrote to stdout and stderr, in the order of arrival; absent in lists. With tty: what the "
                                + "terminal showed, escape sequences and echoed input included, all of it counted as stdout")
        String output,

        @Schema(enumeration = {"running", "completed", "failed"})
        String status,

        @Schema(enumeration = {"running", "completed", "failed", "timed_out", "cancelled", "interrupted"})
        String phase,

        boolean timedOut,

        @Schema(description = "Whether it wrote more than is kept")
        boolean truncated,

        @Schema(description = "How much it wrote in all") long stdoutBytes,

        long stderrBytes,
        Long durationMs,
        String cmd,
        String cwd,
        String startedBy,

        @Schema(
                description =
                        "With tty: the terminal it runs on, to attach to on /ws/pty; gone some time after its end")
        UUID terminalId,

        Instant startedAt,
        Instant endedAt) {

    /** @param text null to leave it out */
    static CommandView of(StoredCommand command, String text) {
        Phase phase = command.phase();
        return new CommandView(
                command.id(),
                command.id(),
                phase == Phase.RUNNING ? null : phase == Phase.COMPLETED,
                command.code(),
                Result.signal(command.code()),
                text,
                phase.status(),
                phase.text(),
                phase == Phase.TIMED_OUT,
                command.truncated(),
                command.stdoutBytes(),
                command.stderrBytes(),
                command.durationMillis(),
                command.cmd(),
                command.cwd(),
                command.owner(),
                command.terminalId(),
                command.startedAt(),
                command.endedAt());
    }

    /** Reads only what does not change while it runs, and the output so far. */
    static CommandView running(StoredCommand command, Output output) {
        return new CommandView(
                command.id(),
                command.id(),
                null,
                null,
                null,
                output.text(),
                Phase.RUNNING.status(),
                Phase.RUNNING.text(),
                false,
                output.truncated(),
                output.bytes(Channel.STDOUT),
                output.bytes(Channel.STDERR),
                null,
                command.cmd(),
                command.cwd(),
                command.owner(),
                command.terminalId(),
                command.startedAt(),
                null);
    }
}
