package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The lock of a user's index, as git itself takes it: whoever makes {@code index.lock} may replace the index by it. */
final class IndexLock implements AutoCloseable {
    private static final String NAME = "index.lock";
    /** What is in it until the index is: nobody else writes this. */
    private static final String MARK = "held by Cockpit Coder\n";

    private final Path lock;
    private boolean held = true;

    private IndexLock(Path lock) {
        this.lock = lock;
    }

    /** @throws ProblemException CONFLICT when another git command has it */
    static IndexLock take(Path repository) {
        Path lock = repository.resolve(".git").resolve(NAME);
        Path marked = lock.resolveSibling("cockpit-" + UUID.randomUUID());
        try {
            Files.writeString(marked, MARK);
            try {
                // a link, so that it is never there without the mark
                Files.createLink(lock, marked);
            } finally {
                Files.delete(marked);
            }
            return new IndexLock(lock);
        } catch (FileAlreadyExistsException e) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "Another git command works in this repository, or left .git/index.lock there: try again when it is gone.",
                    e);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    /** Deletes one that a killed server left; no other. */
    static void deleteLeft(Path repository) {
        Path lock = repository.resolve(".git").resolve(NAME);
        try {
            if (Files.isRegularFile(lock)
                    && Files.size(lock) == MARK.length()
                    && Files.readString(lock).equals(MARK)) {
                Files.delete(lock);
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    /** Makes this file the user's index, at once. Its time is kept, which git tells changed files by. */
    void replaceIndex(Path index) throws IOException {
        Path ready = lock.resolveSibling("index.cockpit");
        try {
            Files.copy(index, ready, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(ready, lock.resolveSibling("index"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(ready);
        }
    }

    @Override
    public void close() {
        if (held) {
            held = false;
            try {
                Files.deleteIfExists(lock);
            } catch (IOException e) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
            }
        }
    }
}
