package dev.cockpitcoder.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * {@code COCKPIT_HOME}: everything this server keeps. Directories are 0700 and files 0600, whatever the umask.
 */
public final class DataDirectory {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path home;

    /** @throws InvalidSetting when the directory cannot be made or is not ours alone */
    public DataDirectory(Path home) {
        try {
            makePrivate(home);
            this.home = home.toRealPath();
        } catch (IOException e) {
            throw new InvalidSetting("COCKPIT_HOME", "cannot be used as the data directory: " + home, e);
        }
    }

    /** The real path of the directory itself. */
    public Path path() {
        return home;
    }

    /** A subdirectory of this name, made when it is missing. */
    public Path directory(String name) {
        try {
            Path directory = home.resolve(name);
            makePrivate(directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file, if there is one. */
    public Optional<String> read(String name) {
        Path file = home.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file as a whole: a reader, or a crash, sees the old text or the new. */
    public void write(String name, String text) {
        try {
            Path file = Files.createTempFile(home, name, ".new", PRIVATE_FILE);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
                channel.force(true);
            }
            Files.move(file, home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String name) {
        try {
            Files.deleteIfExists(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes the directory for this server alone. The caller closes the lock; a killed process lets go of it too.
     *
     * @throws InvalidSetting when another server has it
     */
    public FileLock lock() {
        try {
            // not in a try-with-resources: closing the channel gives the lock back
            FileChannel channel = FileChannel.open(
                    home.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE_FILE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new InvalidSetting("COCKPIT_HOME", "is in use by another server: " + home);
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void makePrivate(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, PRIVATE_DIRECTORY);
        }
        if (!Files.getOwner(directory).getName().equals(System.getProperty("user.name"))) {
            throw new IOException("owned by somebody else");
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
