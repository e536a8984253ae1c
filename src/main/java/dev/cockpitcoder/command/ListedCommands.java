package dev.cockpitcoder.command;

import java.nio.file.Path;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemException;

/** The list of {@code CMD_ALLOWLIST}, for rooms that start what is on it elsewhere than in the session's repository. */
@ApplicationScoped
public class ListedCommands {
    private Allowlist list;

    ListedCommands() {}

    @Inject
    ListedCommands(CommandConfig config) {
        this.list = config.allowlist();
    }

    public boolean isEmpty() {
        return list.commands().isEmpty();
    }

    /**
     * The argv to start, its program an absolute path.
     *
     * @param directory where it will run: a real path, out of which its arguments may not lead
     * @throws ProblemException INVALID, COMMAND_NOT_ALLOWED, or UNAVAILABLE when the program is missing
     */
    public List<String> require(String command, Path directory) {
        return list.require(command, directory, directory);
    }
}
