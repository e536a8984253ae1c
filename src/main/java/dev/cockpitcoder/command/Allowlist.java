package dev.cockpitcoder.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.InvalidSetting;

/** What may be run. Empty allows nothing. */
record Allowlist(List<AllowedCommand> commands) {
    static final String NAME = "CMD_ALLOWLIST";
    private static final Logger LOG = Logger.getLogger(Allowlist.class.getName());
    private static final String ANY = "*";

    Allowlist {
        commands = List.copyOf(commands);
    }

    /** @throws InvalidSetting for an entry that can never mean what was meant */
    static Allowlist parse(String text) {
        List<AllowedCommand> commands = new ArrayList<>();
        try {
            for (String entry : CommandLine.splitList(text)) {
                commands.add(entry(entry));
            }
        } catch (CommandLine.Malformed e) {
            throw new InvalidSetting(NAME, "cannot be read: " + e.getMessage(), e);
        }
        return new Allowlist(commands);
    }

    private static AllowedCommand entry(String text) throws CommandLine.Malformed {
        boolean acceptsArguments = text.endsWith(" " + ANY);
        String fixed = acceptsArguments ? text.substring(0, text.length() - ANY.length()) : text;
        List<String> argv = CommandLine.split(fixed);
        if (argv.isEmpty() || argv.get(0).isEmpty() || hasWildcard(fixed)) {
            throw new InvalidSetting(
                    NAME,
                    "has '" + text + "': an entry is a program and its arguments; * may stand alone at its end, "
                            + "and between quotes means itself");
        }
        String program = argv.get(0);
        if (program.contains("/") && !program.startsWith("/")) {
            throw new InvalidSetting(
                    NAME,
                    "has '" + text
                            + "': name a program by its name or its absolute path, not relative to a repository");
        }
        return new AllowedCommand(text, argv, acceptsArguments, UserEnvironment.find(program));
    }

    /** Quoted parts cannot hold one that counts, and have no quotes inside that could confuse this. */
    private static boolean hasWildcard(String text) {
        return text.replaceAll("'[^']*'|\"(\\\\.|[^\"\\\\])*\"", "").contains(ANY);
    }

    /** One line for all programs that are not there. */
    void logMissing() {
        String missing = commands.stream()
                .filter(command -> command.program().isEmpty())
                .map(command -> command.argv().get(0))
                .distinct()
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            LOG.warning(() -> NAME + " lists programs that are not on " + UserEnvironment.PATH + ": " + missing);
        }
    }

    /**
     * The argv to start, its program an absolute path.
     *
     * @param repository a real path
     * @param directory where it will run: a real path inside the repository
     * @throws ProblemException INVALID, COMMAND_NOT_ALLOWED, or UNAVAILABLE when the program is missing
     */
    List<String> require(String text, Path repository, Path directory) {
        List<String> asked = split(text);
        AllowedCommand command = commands.stream()
                .filter(candidate -> candidate.matches(asked, repository, directory))
                // of two that match, one whose program is there
                .min(Comparator.comparing(candidate -> candidate.program().isEmpty()))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.COMMAND_NOT_ALLOWED,
                        "This command is not on the server's list, argument for argument; add it to " + NAME
                                + " and restart. GET /api/commands shows the list."));
        Path program = command.program()
                .filter(Files::isExecutable)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "This command is allowed, but its program is not installed on the server."));
        List<String> argv = new ArrayList<>(asked);
        argv.set(0, program.toString());
        return argv;
    }

    private static List<String> split(String text) {
        try {
            List<String> argv = CommandLine.split(Optional.ofNullable(text).orElse(""));
            if (argv.isEmpty()) {
                throw new ProblemException(ProblemCode.INVALID, "cmd must be a command.");
            }
            return argv;
        } catch (CommandLine.Malformed e) {
            throw new ProblemException(ProblemCode.INVALID, e.getMessage(), e);
        }
    }
}
