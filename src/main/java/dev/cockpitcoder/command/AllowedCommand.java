package dev.cockpitcoder.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code CMD_ALLOWLIST}.
 *
 * @param text the entry as it was written
 * @param argv what a request must equal; with {@code acceptsArguments}, what it must begin with
 * @param program where the program is; empty when it was missing at the start
 */
record AllowedCommand(String text, List<String> argv, boolean acceptsArguments, Optional<Path> program) {
    AllowedCommand {
        argv = List.copyOf(argv);
    }

    boolean matches(List<String> asked, Path repository, Path directory) {
        if (!acceptsArguments) {
            return argv.equals(asked);
        }
        return asked.size() >= argv.size()
                && argv.equals(asked.subList(0, argv.size()))
                && asked.subList(argv.size(), asked.size()).stream()
                        .allMatch(argument -> ArgumentPolicy.allows(argument, repository, directory));
    }
}
