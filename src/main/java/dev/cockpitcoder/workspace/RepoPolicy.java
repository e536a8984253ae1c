package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Which directories a session may work in: git repositories of the server's own user, at or below a directory of
 * {@code REPO_ALLOWLIST}. Both sides are compared as real paths, by component.
 */
@ApplicationScoped
public class RepoPolicy {
    private static final int MAX_PATH_CHARS = 4096;

    private WorkspaceConfig config;

    RepoPolicy() {}

    @Inject
    RepoPolicy(WorkspaceConfig config) {
        this.config = config;
    }

    /**
     * Asked when a session is made, and again at every use, because what a path leads to can change.
     *
     * @param path absolute, as a client gave it
     * @return the real path of the repository's working tree
     * @throws ProblemException INVALID when it is no absolute path, REPO_NOT_ALLOWED when it is off the list, whether it exists
     *     or not; INVALID when it is allowed and no usable repository
     */
    public Path require(String path) {
        Path real = real(path);
        if (config.allowedRoots().stream().noneMatch(real::startsWith)) {
            throw notAllowed();
        }
        if (!isRepository(real)) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "This directory is not a git repository of the server's user. Name its top directory, or run git init there.");
        }
        return real;
    }

    boolean isRepository(Path directory) {
        Path git = directory.resolve(".git");
        try {
            // a .git file can point anywhere, and objects can be borrowed from anywhere
            return Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)
                    && Files.isRegularFile(git.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)
                    && Files.isDirectory(git.resolve("objects"), LinkOption.NOFOLLOW_LINKS)
                    && !Files.exists(git.resolve("objects/info/alternates"), LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path real(String path) {
        if (path == null || path.isEmpty() || path.length() > MAX_PATH_CHARS || path.indexOf('\0') >= 0) {
            throw notAbsolute();
        }
        try {
            Path asked = Path.of(path);
            if (!asked.isAbsolute()) {
                throw notAbsolute();
            }
            return asked.toRealPath();
        } catch (InvalidPathException e) {
            throw notAbsolute();
        } catch (IOException e) {
            // the same answer as for one that is there: the list is not a way to look around
            throw notAllowed();
        }
    }

    private static ProblemException notAbsolute() {
        return new ProblemException(
                ProblemCode.INVALID, "repo must be the absolute path of a repository on the server.");
    }

    private static ProblemException notAllowed() {
        return new ProblemException(
                ProblemCode.REPO_NOT_ALLOWED,
                "This repository is not on the server's list; add it to REPO_ALLOWLIST and restart.");
    }
}
