package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Files in memory, and how to let go of them. */
final class Mapping {
    private static final Logger LOG = Logger.getLogger(Mapping.class.getName());
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Mapping() {}

    /** Makes a sparse file that must not exist yet, readable by its owner only. */
    static MappedByteBuffer create(Path file, long bytes) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OWNER_ONLY)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        }
    }

    /** Opens all of a file that is there. A symbolic link is refused. */
    static MappedByteBuffer open(Path file) throws IOException {
        Set<OpenOption> options = Set.of(LinkOption.NOFOLLOW_LINKS, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
        } catch (IllegalArgumentException e) {
            throw new IOException("the file is too large", e);
        }
    }

    /**
     * Gives the memory, and the disk blocks of a deleted file, back now. Without this they stay until a garbage collection,
     * which mappings do not bring about (JDK-4724038). Touching the buffer afterwards crashes the process.
     */
    static void release(MappedByteBuffer buffer) {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            var instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Method invokeCleaner = unsafe.getMethod("invokeCleaner", ByteBuffer.class);
            invokeCleaner.invoke(instance.get(null), buffer);
        } catch (ClassNotFoundException | NoSuchFieldException | NoSuchMethodException | IllegalAccessException e) {
            LOG.log(Level.FINE, "Mapped files are released by garbage collection only", e);
        } catch (InvocationTargetException e) {
            LOG.log(Level.WARNING, "A mapped file cannot be released", e);
        }
    }
}
