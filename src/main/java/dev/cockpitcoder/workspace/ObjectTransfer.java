package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Brings a commit from a task to the user's repository: as a pack, which git unpacks beside its objects, checking each, and which
 * is moved among them when all are there.
 */
final class ObjectTransfer {
    private static final int NOTHING_BYTES = 1 << 10;
    /** A name that git-prune(1) would delete in time. */
    private static final String INCOMING = "tmp_objdir-cockpit-";

    private final TaskGitDir from;

    ObjectTransfer(TaskGitDir from) {
        this.from = from;
    }

    /** @param known a commit that the user's repository has; null for none */
    void bring(String commit, String known) {
        String name = "landing-" + UUID.randomUUID();
        Path input = from.write(name, commit + "\n" + (known == null ? "" : "^" + known + "\n"));
        try {
            Git.Answer packed = from.run(
                            Map.of(),
                            input,
                            NOTHING_BYTES,
                            "pack-objects",
                            "--quiet",
                            "--revs",
                            from.path().resolve(name).toString())
                    .require();
            unpack(from.path().resolve(name + "-" + packed.output().strip() + ".pack"));
        } finally {
            delete(name);
        }
    }

    /** Deletes what a killed server left. */
    static void deleteLeft(Path repository) {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(repository.resolve(".git/objects"), INCOMING + "*")) {
            left.forEach(PrivateGitDir::delete);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        }
    }

    private void unpack(Path pack) {
        Path objects = from.repository().resolve(".git/objects");
        Path incoming = objects.resolve(INCOMING + UUID.randomUUID());
        try {
            Files.createDirectory(incoming);
            unpack(pack, incoming);
            move(incoming, objects);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write to this repository.", e);
        } finally {
            PrivateGitDir.delete(incoming);
        }
    }

    private static void move(Path incoming, Path objects) throws IOException {
        try (Stream<Path> all = Files.walk(incoming)) {
            // each directory before what is in it
            for (Path found : all.skip(1).toList()) {
                Path target = objects.resolve(incoming.relativize(found));
                if (Files.isDirectory(found)) {
                    Files.createDirectories(target);
                } else {
                    Files.move(found, target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    private void unpack(Path pack, Path objects) {
        from.run(
                        Map.of("GIT_OBJECT_DIRECTORY", objects.toString()),
                        pack,
                        NOTHING_BYTES,
                        "-c",
                        "core.fsync=all",
                        "-c",
                        "core.fsyncMethod=batch",
                        "unpack-objects",
                        "-q")
                .require();
    }

    private void delete(String prefix) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(from.path(), prefix + "*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server cannot write its files.", e);
        }
    }
}
