package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A file system that can be filled. */
public record SmallDisk(Path path) implements AutoCloseable {
    /** Skips the test where only root could mount it. */
    public static SmallDisk mount(Path path, int megabytes) throws IOException {
        Files.createDirectories(path);
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "cockpit-test", path.toString());
        assumeTrue(said.isEmpty(), () -> "only root can mount the small disk this needs: " + said);
        return new SmallDisk(path);
    }

    /** But for so many bytes. */
    public void fill(long left) throws IOException {
        long filling = Files.getFileStore(path).getUsableSpace() - left;
        Files.write(filler(), new byte[(int) Math.max(0, filling)]);
    }

    public void free() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return path.resolve("filler");
    }

    @Override
    public void close() {
        run("umount", "--lazy", path.toString());
    }

    /** What it says, which is nothing when it works. */
    private static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
