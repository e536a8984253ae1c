package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A terminal's output: a sequence of bytes with absolute 64-bit offsets, of which the last {@code capacity} are kept in a
 * mapped file. One thread appends; any number read, each from the offset it likes, and none waits for another.
 *
 * <p>The file is a header of {@value #HEADER_BYTES} bytes, then the ring: the byte with offset {@code n} is at {@code n % capacity}.
 * The header holds, as native longs: magic, version, capacity, head, claimed, and the {@link TerminalRecord}. Pages outlive a
 * killed server, so the bytes from {@code claimed - capacity} to {@code head} can be read again afterwards. They do not outlive a
 * crash of the machine: nothing is forced to the disk.
 */
final class OutputLog implements AutoCloseable {
    /** What {@link #read} answers when the wanted bytes are no longer kept. */
    static final int OVERTAKEN = -1;

    static final int HEADER_BYTES = 4096;
    private static final long MAGIC = 0x434F434B5054594CL; // "COCKPTYL"
    private static final long VERSION = 2;
    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 8;
    private static final int CAPACITY_AT = 16;
    private static final int HEAD_AT = 24;
    private static final int CLAIMED_AT = 32;
    private static final int RECORD_AT = 64;

    private final Path file;
    private final int capacity;
    private final MappedByteBuffer map;
    /** Held for reading while the mapping is touched, for writing while it is let go. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    /** The offset after the last byte that can be read. */
    private volatile long head;
    /** The offset up to which the appender may be writing now: what lies a capacity before it may be gone. */
    private volatile long claimed;

    private volatile TerminalRecord record;
    private boolean closed;

    private OutputLog(Path file, int capacity, MappedByteBuffer map, TerminalRecord record) {
        this.file = file;
        this.capacity = capacity;
        this.map = map;
        this.record = record;
    }

    /** @param file must not exist */
    static OutputLog create(Path file, int capacity, TerminalRecord record) throws IOException {
        MappedByteBuffer map = Mapping.create(file, (long) HEADER_BYTES + capacity);
        map.order(ByteOrder.nativeOrder());
        map.putLong(VERSION_AT, VERSION).putLong(CAPACITY_AT, capacity);
        record.write(map.position(RECORD_AT));
        // last: a file without it was never finished
        VarHandle.releaseFence();
        map.putLong(MAGIC_AT, MAGIC);
        return new OutputLog(file, capacity, map, record);
    }

    /**
     * Opens the log of an earlier server, for reading only.
     *
     * @throws IOException also when the file is torn or no log
     */
    static OutputLog open(Path file) throws IOException {
        MappedByteBuffer map = Mapping.open(file);
        try {
            map.order(ByteOrder.nativeOrder());
            long capacity = (long) map.capacity() - HEADER_BYTES;
            if (capacity <= 0
                    || map.getLong(MAGIC_AT) != MAGIC
                    || map.getLong(VERSION_AT) != VERSION
                    || map.getLong(CAPACITY_AT) != capacity) {
                throw new IOException("it is not a log of this version, or is cut off");
            }
            long head = map.getLong(HEAD_AT);
            long claimed = map.getLong(CLAIMED_AT);
            if (head < 0 || claimed < head || claimed - head > capacity) {
                throw new IOException("its offsets cannot be");
            }
            OutputLog log = new OutputLog(file, (int) capacity, map, TerminalRecord.read(map.position(RECORD_AT)));
            log.claimed = claimed;
            log.head = head;
            return log;
        } catch (IOException e) {
            Mapping.release(map);
            throw e;
        }
    }

    TerminalRecord record() {
        return record;
    }

    /** Replaces the record, here and in the header. One thread at a time. */
    void record(TerminalRecord changed) {
        record = changed;
        life.readLock().lock();
        try {
            if (!closed) {
                changed.write(map.duplicate().order(ByteOrder.nativeOrder()).position(RECORD_AT));
            }
        } finally {
            life.readLock().unlock();
        }
    }

    int capacity() {
        return capacity;
    }

    /** The offset the next byte will have. */
    long head() {
        return head;
    }

    /** The smallest offset that can be read; equal to {@link #head()} when nothing can. */
    long oldest() {
        return Math.max(0, claimed - capacity);
    }

    /** Appends; for one thread at a time. Does nothing once the log is closed. */
    void append(byte[] bytes, int from, int length) {
        life.readLock().lock();
        try {
            for (int done = 0; done < length && !closed; ) {
                int piece = Math.min(length - done, capacity);
                appendPiece(bytes, from + done, piece);
                done += piece;
            }
        } finally {
            life.readLock().unlock();
        }
    }

    private void appendPiece(byte[] bytes, int from, int length) {
        long start = head;
        long end = start + length;
        claimed = end;
        map.putLong(CLAIMED_AT, end);
        // a reader that sees one of the new bytes must also see that the old ones are claimed
        VarHandle.fullFence();
        int at = (int) (start % capacity);
        int first = Math.min(length, capacity - at);
        map.put(HEADER_BYTES + at, bytes, from, first);
        map.put(HEADER_BYTES, bytes, from + first, length - first);
        // who opens the file after a kill must find the bytes before this
        VarHandle.releaseFence();
        map.putLong(HEAD_AT, end);
        head = end;
    }

    /**
     * Copies what follows {@code offset}, without waiting.
     *
     * @return how many bytes were copied, 0 at the head; or {@link #OVERTAKEN}: then {@code into} holds nothing of use
     * @throws IllegalArgumentException for an offset beyond the head
     */
    int read(long offset, byte[] into, int at, int length) {
        life.readLock().lock();
        try {
            long available = head - offset;
            if (available < 0) {
                throw new IllegalArgumentException("offset " + offset + " is beyond the head");
            }
            if (offset < oldest()) {
                return OVERTAKEN;
            }
            int count = (int) Math.min(length, available);
            int ringAt = (int) (offset % capacity);
            int first = Math.min(count, capacity - ringAt);
            if (!closed) {
                map.get(HEADER_BYTES + ringAt, into, at, first);
                map.get(HEADER_BYTES, into, at + first, count - first);
            }
            // the appender may have come round during the copy: look only after it is complete
            VarHandle.fullFence();
            return offset < oldest() ? OVERTAKEN : count;
        } finally {
            life.readLock().unlock();
        }
    }

    /** Closes and deletes the file. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    /** Gives the memory back; the file stays. Afterwards nothing can be read: every offset below the head is overtaken. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                claimed = head + capacity;
                Mapping.release(map);
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
