package dev.cockpitcoder.terminal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param cols 80 when absent; {@code rows}: 24 */
public record NewTerminal(
        @Schema(minimum = "1", maximum = "1000") Integer cols,
        @Schema(minimum = "1", maximum = "1000") Integer rows) {}
