package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * How much there is below some directories. What cannot be looked at is not counted.
 *
 * @param files directories too
 * @param bytes the sizes of the files
 */
public record DiskUse(long files, long bytes) {
    private static final class Count extends SimpleFileVisitor<Path> {
        private long files;
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
            files++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        /** An agent may be deleting meanwhile. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path left, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** Links are not followed. */
    public static DiskUse of(Path... directories) {
        Count count = new Count();
        try {
            for (Path directory : directories) {
                Files.walkFileTree(directory, count);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DiskUse(count.files, count.bytes);
    }
}
