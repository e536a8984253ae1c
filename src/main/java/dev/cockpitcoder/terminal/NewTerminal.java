package dev.cockpitcoder.terminal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param cols 80 when absent; {@code rows}: 24; {@code drain}: latest */
public record NewTerminal(
        @Schema(minimum = "1", maximum = "1000") Integer cols,
        @Schema(minimum = "1", maximum = "1000") Integer rows,

        @Schema(
                enumeration = {"latest", "lossless"},
                description =
                        "When a viewer is slower than the program: latest skips output, lossless lets the program wait for who is in control")
        String drain) {}
