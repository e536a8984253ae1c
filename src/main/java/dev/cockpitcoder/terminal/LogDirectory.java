package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Where the logs are: one file for each terminal, named after it. */
final class LogDirectory {
    private static final Logger LOG = Logger.getLogger(LogDirectory.class.getName());
    private static final String SUFFIX = ".log";

    private final Path path;

    LogDirectory(Path path) {
        this.path = path;
    }

    OutputLog create(UUID terminal, int capacity, TerminalRecord record) throws IOException {
        return OutputLog.create(path.resolve(terminal + SUFFIX), capacity, record);
    }

    /** Opens what an earlier server left. What is no log, or a torn one, is deleted. */
    Map<UUID, OutputLog> recover() {
        Map<UUID, OutputLog> found = new LinkedHashMap<>();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (Path file : left) {
                recover(file, found);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void recover(Path file, Map<UUID, OutputLog> into) throws IOException {
        try {
            into.put(id(file), OutputLog.open(file));
        } catch (IOException e) {
            LOG.log(Level.WARNING, e, () -> "A terminal's log cannot be read and is deleted: " + file.getFileName());
            Files.delete(file);
        }
    }

    private static UUID id(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        return Terminals.parseId(name.substring(0, name.length() - SUFFIX.length()))
                .orElseThrow(() -> new IOException("the name is no terminal's"));
    }
}
