package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.server.WorkerThreads;

/**
 * What was typed and is not yet written to the PTY: at most {@value #CAPACITY} bytes. A program may stop reading at any time, and
 * then a write blocks: so a worker writes, only while there is something to write. A key that surely finds room is written by the
 * thread that brings it, which saves a change of threads.
 */
final class TerminalInput {
    static final int CAPACITY = 1 << 20;
    private static final int PIECE = 16 * 1024;
    private static final Logger LOG = Logger.getLogger(TerminalInput.class.getName());

    private final TypeAhead typeAhead;
    private final WorkerThreads threads;
    private final Traffic traffic;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int waiting;
    private boolean writing;
    private boolean closed;

    /** @param counts how many bytes of its source are done with it */
    private record Piece(InputSource source, byte[] bytes, int counts) {}

    TerminalInput(TypeAhead typeAhead, WorkerThreads threads, Traffic traffic) {
        this.typeAhead = typeAhead;
        this.threads = threads;
        this.traffic = traffic;
    }

    /**
     * Takes bytes over, waiting for room. The source is told when they are written.
     *
     * @param patience for each piece
     * @return how many were taken: fewer than there are when the program did not read in time
     */
    int offer(InputSource source, byte[] bytes, int from, Duration patience) {
        int taken = 0;
        for (int at = from; at < bytes.length; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE));
            if (!offer(new Piece(source, piece, piece.length), patience)) {
                break;
            }
            taken += piece.length;
        }
        return taken;
    }

    /** So many bytes are not to be written: the source is told when all before them are. */
    void skip(InputSource source, int count) {
        offer(new Piece(source, new byte[0], count), Duration.ZERO);
    }

    private boolean offer(Piece piece, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!closed && waiting + piece.bytes.length > CAPACITY) {
                if (left <= 0) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            if (closed) {
                // there is nobody left to read it
                return true;
            }
            pieces.add(piece);
            waiting += piece.bytes.length;
            if (writing) {
                return true;
            }
            writing = true;
            if (piece.bytes.length > Descriptor.WRITABLE_BYTES || !typeAhead.writesAtOnce()) {
                threads.run(this::write);
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
        writeAtOnce();
        return true;
    }

    /** Only the piece that was looked at; what came meanwhile is a worker's. */
    private void writeAtOnce() {
        Piece piece = next();
        if (piece != null) {
            write(piece);
            if (isMore()) {
                threads.run(this::write);
            }
        }
    }

    private void write() {
        for (Piece piece; (piece = next()) != null; ) {
            write(piece);
        }
    }

    private void write(Piece piece) {
        try {
            if (piece.bytes.length > 0) {
                typeAhead.write(piece.bytes);
                traffic.input.add(piece.bytes.length);
            }
            piece.source.written(piece.counts);
        } catch (IOException e) {
            LOG.log(Level.FINE, "Input came after the end of a terminal", e);
            close();
        } finally {
            done(piece);
        }
    }

    private void done(Piece piece) {
        lock.lock();
        try {
            waiting -= piece.bytes.length;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Piece next() {
        lock.lock();
        try {
            return isMore() ? pieces.poll() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the writer has to go on; when not, the next piece brings a writer. */
    private boolean isMore() {
        lock.lock();
        try {
            writing = !pieces.isEmpty();
            if (!writing) {
                typeAhead.caughtUp();
            }
            return writing;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is not written, and takes nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            pieces.forEach(piece -> waiting -= piece.bytes.length);
            pieces.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
