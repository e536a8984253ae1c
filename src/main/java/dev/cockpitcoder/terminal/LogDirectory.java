package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the logs are. */
final class LogDirectory {
    private LogDirectory() {}

    /** Deletes the logs a killed server left: their shells died with it. */
    static Path prepare(Path directory) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*.log")) {
            for (Path file : left) {
                Files.delete(file);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
