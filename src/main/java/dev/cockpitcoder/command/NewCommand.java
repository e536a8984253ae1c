package dev.cockpitcoder.command;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.terminal.TerminalSize;

/**
 * @param cmd split by spaces, quotes honoured, nothing expanded; it must equal an entry of {@code CMD_ALLOWLIST}
 * @param cwd absolute or relative to the session's repository; absent or empty: the repository
 * @param timeoutMs absent: {@code CMD_TIMEOUT_DEFAULT_MS}; cut to {@code CMD_TIMEOUT_MAX_MS}
 * @param tty absent: false
 * @param cols of the terminal: only with {@code tty}, 80 when absent; {@code rows}: 24
 */
public record NewCommand(
        @Schema(required = true) String cmd,
        String cwd,
        @Schema(minimum = "1") Long timeoutMs,

        @Schema(description = "Runs it on a terminal of the session, where /ws/pty shows it and types into it")
        Boolean tty,

        @Schema(minimum = "1", maximum = "1000") Integer cols,
        @Schema(minimum = "1", maximum = "1000") Integer rows) {

    /**
     * The size of the terminal it is to run on; null when it is to run without one.
     *
     * @throws ProblemException INVALID
     */
    TerminalSize terminal() {
        if (tty != null && tty) {
            return TerminalSize.wanted(cols, rows);
        }
        if (cols != null || rows != null) {
            throw new ProblemException(ProblemCode.INVALID, "cols and rows are of use with tty: true only.");
        }
        return null;
    }
}
