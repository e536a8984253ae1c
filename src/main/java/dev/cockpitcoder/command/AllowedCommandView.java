package dev.cockpitcoder.command;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What may be run: a button of the console. */
public record AllowedCommandView(
        @Schema(description = "The entry of CMD_ALLOWLIST") String cmd,

        List<String> argv,

        @Schema(description = "Whether its program was there when the server started")
        boolean available,

        @Schema(description = "Whether plain words and paths inside the repository may follow")
        boolean acceptsArguments) {

    static AllowedCommandView of(AllowedCommand command) {
        return new AllowedCommandView(
                command.text(), command.argv(), command.program().isPresent(), command.acceptsArguments());
    }
}
