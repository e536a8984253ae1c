package dev.cockpitcoder.command;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * @param cmd split by spaces, quotes honoured, nothing expanded; it must equal an entry of {@code CMD_ALLOWLIST}
 * @param cwd absolute or relative to the session's repository; absent or empty: the repository
 * @param timeoutMs absent: {@code CMD_TIMEOUT_DEFAULT_MS}; cut to {@code CMD_TIMEOUT_MAX_MS}
 */
public record NewCommand(
        @Schema(required = true) String cmd,
        String cwd,
        @Schema(minimum = "1") Long timeoutMs) {}
