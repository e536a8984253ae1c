package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutputLogTest {
    private static final int CAPACITY = 64;

    @TempDir
    private Path directory;

    @Property(tries = 300)
    void keepsTheLastBytesOfWhatWasAppended(
            @ForAll @Size(max = 40) List<@IntRange(max = 150) Integer> appends,
            @ForAll @IntRange(max = 80) int readLength,
            @ForAll Random random)
            throws IOException {
        Path file = Files.createTempDirectory("log").resolve("log");
        ByteArrayOutputStream everything = new ByteArrayOutputStream();
        try (OutputLog log = OutputLog.create(file, CAPACITY)) {
            for (int length : appends) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                log.append(bytes, 0, length);
                everything.writeBytes(bytes);

                byte[] all = everything.toByteArray();
                assertThat(log.head()).isEqualTo(all.length);
                assertThat(log.oldest()).isEqualTo(Math.max(0, all.length - CAPACITY));
                long offset = random.nextLong(log.head() + 1);
                byte[] into = new byte[readLength];
                int count = log.read(offset, into, 0, readLength);
                if (offset < log.oldest()) {
                    assertThat(count).isEqualTo(OutputLog.OVERTAKEN);
                } else {
                    assertThat(count).isEqualTo((int) Math.min(readLength, all.length - offset));
                    assertThat(Arrays.copyOf(into, count))
                            .isEqualTo(Arrays.copyOfRange(all, (int) offset, (int) offset + count));
                }
            }
        } finally {
            Files.delete(file.getParent());
        }
    }

    /** The byte at offset n is a hash of n: a reader knows what it must see without asking the writer. */
    @Test
    void readersNeverSeeWrongBytesWhileTheLogIsWritten() throws Exception {
        int total = 16 << 20;
        AtomicBoolean written = new AtomicBoolean();
        try (OutputLog log = OutputLog.create(directory.resolve("log"), 32 << 10)) {
            CompletableFuture<?> writer = CompletableFuture.runAsync(() -> {
                Random random = new Random(1);
                byte[] bytes = new byte[4096];
                for (long at = 0; at < total; ) {
                    int length = 1 + random.nextInt(bytes.length);
                    for (int i = 0; i < length; i++) {
                        bytes[i] = byteAt(at + i);
                    }
                    log.append(bytes, 0, length);
                    at += length;
                }
                written.set(true);
            });
            List<CompletableFuture<Long>> readers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> readAll(log, written)))
                    .limit(2)
                    .toList();

            writer.get(30, TimeUnit.SECONDS);
            for (CompletableFuture<Long> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
            }
        }
    }

    private static long readAll(OutputLog log, AtomicBoolean written) {
        byte[] into = new byte[20_000];
        long cursor = 0;
        long read = 0;
        while (true) {
            boolean last = written.get();
            int count = log.read(cursor, into, 0, into.length);
            if (count == OutputLog.OVERTAKEN) {
                cursor = log.oldest();
            } else if (count > 0) {
                for (int i = 0; i < count; i++) {
                    if (into[i] != byteAt(cursor + i)) {
                        throw new AssertionError("wrong byte at " + (cursor + i));
                    }
                }
                cursor += count;
                read += count;
            } else if (last) {
                return read;
            }
        }
    }

    private static byte byteAt(long offset) {
        return (byte) ((offset * 0x9E3779B97F4A7C15L) >>> 56);
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        Path file = directory.resolve("log");
        try (OutputLog log = OutputLog.create(file, CAPACITY)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(log.oldest()).isZero();
        }
    }

    @Test
    void closingLeavesNoFileAndNothingToRead() throws IOException {
        Path file = directory.resolve("log");
        OutputLog log = OutputLog.create(file, CAPACITY);
        log.append(new byte[10], 0, 10);

        log.close();
        log.close();
        log.append(new byte[10], 0, 10);

        assertThat(file).doesNotExist();
        assertThat(log.head()).isEqualTo(10);
        assertThat(log.oldest()).isEqualTo(10);
        assertThat(log.read(0, new byte[10], 0, 10)).isEqualTo(OutputLog.OVERTAKEN);
        assertThat(log.read(10, new byte[10], 0, 10)).isZero();
    }

    @Test
    void offsetsBeyondTheHeadAreRefused() throws IOException {
        try (OutputLog log = OutputLog.create(directory.resolve("log"), CAPACITY)) {
            assertThatIllegalArgumentException().isThrownBy(() -> log.read(1, new byte[1], 0, 1));
        }
    }
}
