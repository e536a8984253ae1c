package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody who types, over any number of connections, one after the other: the bytes are counted, so that none is lost or
 * typed twice when a connection breaks. Safe for several threads.
 */
final class InputSource {
    private final String id;
    private final TerminalInput input;
    private long received;
    private volatile long written;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    /** What became of an input frame. */
    enum Outcome {
        TAKEN,
        /** All of it was taken before. */
        KNOWN,
        /** It begins after bytes that never came. */
        GAP,
        /** The program does not read, and there is no room: some of it, perhaps nothing, was taken. */
        FULL
    }

    InputSource(String id, TerminalInput input) {
        this.id = id;
        this.input = input;
    }

    String id() {
        return id;
    }

    /** Takes the bytes that were not there yet. Waits for room for as long as {@code patience}. */
    synchronized Outcome take(long offset, byte[] bytes, Duration patience) {
        if (offset > received) {
            return Outcome.GAP;
        }
        long known = received - offset;
        if (known >= bytes.length) {
            return Outcome.KNOWN;
        }
        int taken = input.offer(this, bytes, (int) known, patience);
        received += taken;
        return known + taken == bytes.length ? Outcome.TAKEN : Outcome.FULL;
    }

    /** The same for bytes that are counted and not written. */
    synchronized Outcome drop(long offset, int length) {
        if (offset > received) {
            return Outcome.GAP;
        }
        int fresh = (int) Math.max(0, offset + length - received);
        if (fresh == 0) {
            return Outcome.KNOWN;
        }
        input.skip(this, fresh);
        received += fresh;
        return Outcome.TAKEN;
    }

    /** Takes bytes that come after all others. */
    synchronized Outcome take(byte[] bytes, Duration patience) {
        return take(received, bytes, patience);
    }

    /** The offset that is expected next. */
    synchronized long received() {
        return received;
    }

    /** Every byte before this offset was written to the terminal. */
    long written() {
        return written;
    }

    /** Only the writer of the terminal's input calls this. */
    void written(int count) {
        written = written + count;
        listeners.forEach(Runnable::run);
    }

    /** @param onWritten told, on the writer's thread, whenever {@link #written()} grew */
    void use(Runnable onWritten) {
        listeners.add(onWritten);
    }

    void release(Runnable onWritten) {
        listeners.remove(onWritten);
    }

    boolean inUse() {
        return !listeners.isEmpty();
    }
}
