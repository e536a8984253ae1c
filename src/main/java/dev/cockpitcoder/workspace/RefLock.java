package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The lock that git takes on a branch to move it: left when git dies with the machine, in the middle of a landing. */
final class RefLock {
    /** A living git holds one for some milliseconds. */
    private static final Duration OLD = Duration.ofSeconds(2);

    private static final long LOOK_AGAIN_MILLIS = 100;

    private RefLock() {}

    /** Deletes one that names the commit of this landing, or that nobody has written to for a while; no other. */
    static void deleteLeft(Path repository, Landing landing) {
        Path lock = repository.resolve(".git/refs/heads/" + landing.branch() + ".lock");
        try {
            while (true) {
                String content =
                        Files.readString(lock, StandardCharsets.ISO_8859_1).strip();
                boolean ours = !content.isEmpty()
                        && landing.after() != null
                        && landing.after().startsWith(content);
                boolean old = Files.getLastModifiedTime(lock)
                        .toInstant()
                        .isBefore(Instant.now().minus(OLD));
                if (ours || old && content.isEmpty()) {
                    Files.delete(lock);
                    return;
                }
                if (old) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (NoSuchFileException none) {
            // the usual case
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
