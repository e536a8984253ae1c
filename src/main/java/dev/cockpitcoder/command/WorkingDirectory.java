package dev.cockpitcoder.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** Where a command may run: in the session's repository, compared as real paths, by component. */
final class WorkingDirectory {
    private static final int MAX_CHARS = 4096;

    private WorkingDirectory() {}

    /**
     * @param repository a real path
     * @param cwd absolute or relative to the repository; null or empty means the repository
     * @return a real path
     * @throws ProblemException FORBIDDEN outside of the repository, whether it exists or not; NOT_FOUND, INVALID
     */
    static Path require(Path repository, String cwd) {
        if (cwd == null || cwd.isEmpty()) {
            return repository;
        }
        Path asked = path(repository, cwd);
        Path real;
        try {
            real = asked.toRealPath();
        } catch (NoSuchFileException e) {
            throw leadsInside(asked, repository) ? missing() : outside();
        } catch (IOException e) {
            throw outside();
        }
        if (!real.startsWith(repository)) {
            throw outside();
        }
        if (!Files.isDirectory(real)) {
            throw new ProblemException(ProblemCode.INVALID, "cwd is not a directory.");
        }
        return real;
    }

    /** Whether the part of it that is there is inside: only then may a client learn that the rest is not there. */
    private static boolean leadsInside(Path asked, Path repository) {
        for (Path parent = asked.getParent(); parent != null; parent = parent.getParent()) {
            try {
                return parent.toRealPath().startsWith(repository);
            } catch (NoSuchFileException e) {
                continue;
            } catch (IOException e) {
                return false;
            }
        }
        return false;
    }

    private static Path path(Path repository, String cwd) {
        try {
            if (cwd.length() <= MAX_CHARS) {
                return repository.resolve(cwd);
            }
        } catch (InvalidPathException e) {
            throw new ProblemException(ProblemCode.INVALID, "cwd is not a path.", e);
        }
        throw new ProblemException(ProblemCode.INVALID, "cwd is too long.");
    }

    private static ProblemException outside() {
        return new ProblemException(ProblemCode.FORBIDDEN, "cwd must be inside the session's repository.");
    }

    private static ProblemException missing() {
        return ProblemException.notFound("cwd is not there.");
    }
}
