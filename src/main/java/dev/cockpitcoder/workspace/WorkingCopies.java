package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;

/** The working copies of tasks, one directory each below the data directory. */
@ApplicationScoped
public class WorkingCopies {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Git git;
    private Path parent;

    WorkingCopies() {}

    @Inject
    WorkingCopies(WorkspaceConfig config, DataDirectory data) {
        this.git = new Git(config.git(), TIMEOUT);
        this.parent = data.directory("tasks");
    }

    /**
     * Makes one; what an earlier attempt left is replaced.
     *
     * @param repository a path {@link RepoPolicy#require} gave
     * @param base a commit of it; null when it has none
     */
    public WorkingCopy create(UUID id, Path repository, String base) {
        delete(id);
        WorkingCopy copy = new WorkingCopy(git, directory(id), repository, base);
        copy.checkOut();
        return copy;
    }

    /** Whether it was made and is not deleted; its files may be put away. */
    public boolean exists(UUID id) {
        return Files.isRegularFile(directory(id).resolve("git/index"));
    }

    /** As it is: perhaps without its files.
     *
     * @param base as it was created with
     * @throws ProblemException CONFLICT when it was deleted
     */
    public WorkingCopy open(UUID id, Path repository, String base) {
        if (!exists(id)) {
            throw new ProblemException(ProblemCode.CONFLICT, "The working copy of this task is not kept any more.");
        }
        return new WorkingCopy(git, directory(id), repository, base);
    }

    /** With its files, which are brought back when they are put away. Throws as {@link #open}. */
    public WorkingCopy restore(UUID id, Path repository, String base) {
        WorkingCopy copy = open(id, repository, base);
        if (!Files.isDirectory(copy.files())) {
            copy.checkOut();
        }
        return copy;
    }

    /** Whether the files of the copy are there. */
    public boolean hasFiles(UUID id) {
        return Files.isDirectory(directory(id).resolve("copy"));
    }

    /**
     * Takes its files away at once, to save space; what was taken of them is kept, and so are its patches.
     *
     * @return deletes them, which takes a while
     */
    public Runnable putAway(UUID id) {
        Path away = directory(id).resolve("away-" + UUID.randomUUID());
        try {
            Files.createDirectories(away);
            for (String name : new String[] {"copy", "home"}) {
                if (Files.exists(directory(id).resolve(name))) {
                    Files.move(directory(id).resolve(name), away.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be put away now.", e);
        }
        return () -> PrivateGitDir.delete(away);
    }

    /** What it takes of the disk: its files, its home, and what is kept. */
    public DiskUse diskUse(UUID id) {
        return DiskUse.of(directory(id));
    }

    /** With all that is in it. */
    public void delete(UUID id) {
        if (Files.exists(directory(id))) {
            PrivateGitDir.delete(directory(id));
        }
    }

    private Path directory(UUID id) {
        return parent.resolve(id.toString());
    }
}
