package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
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
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OutputLogTest {
    private static final int CAPACITY = 64;
    private static final TerminalRecord RECORD = TerminalRecord.started(UUID.randomUUID(), true, TerminalSize.DEFAULT);

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
        try (OutputLog log = OutputLog.create(file, CAPACITY, RECORD)) {
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
            log.delete();
        } finally {
            Files.delete(file.getParent());
        }
    }

    /** The byte at offset n is a hash of n: a reader knows what it must see without asking the writer. */
    @Test
    void readersNeverSeeWrongBytesWhileTheLogIsWritten() throws Exception {
        int total = 16 << 20;
        AtomicBoolean written = new AtomicBoolean();
        try (OutputLog log = OutputLog.create(directory.resolve("log"), 32 << 10, RECORD)) {
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
        try (OutputLog log = OutputLog.create(file, CAPACITY, RECORD)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(log.oldest()).isZero();
        }
    }

    @Test
    void deletingLeavesNoFileAndNothingToRead() throws IOException {
        Path file = directory.resolve("log");
        OutputLog log = OutputLog.create(file, CAPACITY, RECORD);
        log.append(new byte[10], 0, 10);

        log.delete();
        log.delete();
        log.append(new byte[10], 0, 10);

        assertThat(file).doesNotExist();
        assertThat(log.head()).isEqualTo(10);
        assertThat(log.oldest()).isEqualTo(10);
        assertThat(log.read(0, new byte[10], 0, 10)).isEqualTo(OutputLog.OVERTAKEN);
        assertThat(log.read(10, new byte[10], 0, 10)).isZero();
    }

    @Test
    void offsetsBeyondTheHeadAreRefused() throws IOException {
        try (OutputLog log = OutputLog.create(directory.resolve("log"), CAPACITY, RECORD)) {
            assertThatIllegalArgumentException().isThrownBy(() -> log.read(1, new byte[1], 0, 1));
        }
    }

    @Test
    void aRangeStartsWhereTheOutputIsStillKept() throws IOException {
        try (OutputLog log = OutputLog.create(directory.resolve("log"), CAPACITY, RECORD)) {
            byte[] all = new byte[100];
            new Random(1).nextBytes(all);
            log.append(all, 0, all.length);

            OutputRange early = OutputRange.read(log, 5, 10);
            assertThat(early.from()).isEqualTo(100 - CAPACITY);
            assertThat(early.bytes()).isEqualTo(Arrays.copyOfRange(all, 36, 46));
            assertThat(OutputRange.read(log, 90, 1000).bytes()).isEqualTo(Arrays.copyOfRange(all, 90, 100));
            assertThat(OutputRange.read(log, 100, 10).bytes()).isEmpty();
            log.delete();
            assertThat(OutputRange.read(log, 90, 10).from()).isEqualTo(100);
        }
    }

    // what a killed server left

    @Property(tries = 100)
    void whatWasAppendedCanBeReadAtItsOffsetsAfterwards(@ForAll @IntRange(max = 1000) int total) throws IOException {
        byte[] all = new byte[total];
        new Random(total).nextBytes(all);
        Path file = Files.createTempDirectory("log").resolve("log");
        try (OutputLog log = OutputLog.create(file, CAPACITY, RECORD)) {
            for (int at = 0; at < total; at += 7) {
                log.append(all, at, Math.min(7, total - at));
            }
        }
        try (OutputLog found = OutputLog.open(file)) {
            assertThat(found.head()).isEqualTo(total);
            assertThat(found.oldest()).isEqualTo(Math.max(0, total - CAPACITY));
            byte[] kept = new byte[CAPACITY];
            int count = found.read(found.oldest(), kept, 0, CAPACITY);
            assertThat(Arrays.copyOf(kept, count)).isEqualTo(Arrays.copyOfRange(all, (int) found.oldest(), total));
            found.delete();
        } finally {
            Files.delete(file.getParent());
        }
    }

    /** Killed within an append: the claim is there, the head is not. */
    @Test
    void anAppendThatWasCutOffCostsTheBytesItMayHaveOverwrittenAndNoMore() throws IOException {
        Path file = left(200);
        edit(file, 32, 200 + 10);

        try (OutputLog found = OutputLog.open(file)) {
            assertThat(found.head()).isEqualTo(200);
            assertThat(found.oldest()).isEqualTo(200 + 10 - CAPACITY);
        }
    }

    @Test
    void theRecordIsThere() throws IOException {
        Path file = directory.resolve("log");
        TerminalRecord ended = RECORD.resized(new TerminalSize(132, 43)).ended(137, Ending.IDLE);
        try (OutputLog log = OutputLog.create(file, CAPACITY, RECORD)) {
            assertThat(TerminalRecord.read(header(file))).isEqualTo(RECORD);
            log.record(ended);
        }
        try (OutputLog found = OutputLog.open(file)) {
            assertThat(found.record()).isEqualTo(ended);
        }
    }

    @Test
    void tornFilesAreRefused() throws IOException {
        assertRefused(Files.write(directory.resolve("empty"), new byte[0]));
        assertRefused(Files.write(directory.resolve("short"), new byte[100]));
        assertRefused(Files.write(directory.resolve("zeros"), new byte[OutputLog.HEADER_BYTES + CAPACITY]));
        assertRefused(Files.createSymbolicLink(directory.resolve("link"), left(10)));
        for (int field = 0; field <= 32; field += 8) {
            assertRefused(edit(left(10), field, -5));
        }
        assertRefused(edit(left(10), 64 + 24, 0));
        Path cut = left(10);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), OutputLog.HEADER_BYTES + CAPACITY / 2));
        assertRefused(cut);
    }

    private static void assertRefused(Path file) {
        assertThatIOException().as(file.toString()).isThrownBy(() -> OutputLog.open(file));
    }

    private Path left(int bytes) throws IOException {
        Path file = directory.resolve(UUID.randomUUID().toString());
        try (OutputLog log = OutputLog.create(file, CAPACITY, RECORD)) {
            log.append(new byte[bytes], 0, bytes);
        }
        return file;
    }

    private static Path edit(Path file, int at, long value) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(at, value);
        return Files.write(file, bytes);
    }

    private static ByteBuffer header(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.nativeOrder())
                .position(64);
    }
}
