package dev.cockpitcoder.workspace;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;

/**
 * Says what is not committed in a repository, without writing to it and without running anything it configures: every look is
 * through a {@link PrivateGitDir}. Some looks at once; further ones wait for a moment.
 */
@ApplicationScoped
public class WorkingTrees {
    private static final int AT_ONCE = 4;
    private static final int WAIT_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int MAX_STATUS_BYTES = 1 << 20;

    private final Semaphore looks = new Semaphore(AT_ONCE, true);
    private Git git;
    private Path parent;

    WorkingTrees() {}

    @Inject
    WorkingTrees(WorkspaceConfig config, DataDirectory data) {
        this.git = new Git(config.git());
        this.parent = data.directory("git");
        PrivateGitDir.deleteLeft(parent);
    }

    /**
     * @param repository a path {@link RepoPolicy#require} gave
     * @throws ProblemException UNAVAILABLE when git fails or takes too long, TOO_MANY when too many ask
     */
    public DiffView diff(Path repository, DiffScope scope) {
        return look(repository, directory -> new Diff(directory).read(scope));
    }

    /** As {@link #diff}. */
    public StatusView status(Path repository) {
        return look(repository, directory -> {
            Git.Answer answer = directory
                    .run(
                            MAX_STATUS_BYTES,
                            "status",
                            "--porcelain=v2",
                            "-z",
                            "--branch",
                            "--untracked-files=all",
                            "--find-renames",
                            // to look for changes in one, git would run there with its configuration
                            "--ignore-submodules=dirty")
                    .require();
            return PorcelainStatus.parse(
                    answer.output(),
                    answer.truncated(),
                    Operation.in(repository).orElse(null));
        });
    }

    /** Takes one of the places for the time of this work. */
    <T> T look(Path repository, Function<PrivateGitDir, T> work) {
        if (!admitted()) {
            throw ProblemException.tooMany(
                    "This server looks at as many repositories as it may: try again.", RETRY_AFTER_SECONDS);
        }
        try (PrivateGitDir directory = PrivateGitDir.open(git, parent, repository)) {
            return work.apply(directory);
        } finally {
            looks.release();
        }
    }

    private boolean admitted() {
        try {
            return looks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.", e);
        }
    }
}
