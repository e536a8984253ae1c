package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import com.pty4j.WinSize;
import com.pty4j.unix.UnixPtyProcess;
import com.sun.jna.Native;

import dev.cockpitcoder.process.Launch;

/** A pseudo-terminal of pty4j, used past pty4j's streams: those poll, and copy once more. */
final class Pty4jPty implements Pty {
    private static final int EINTR = 4;
    private static final int EIO = 5;

    private static final int READ_BYTES = 8 * 1024;

    private final Descriptor calls = new Descriptor(READ_BYTES);
    private final UnixPtyProcess process;
    private final com.pty4j.unix.Pty master;
    /** Held for reading while the descriptor is used, for writing while it is closed: its number may be reused at once. */
    private final ReadWriteLock descriptor = new ReentrantReadWriteLock();

    private boolean closed;

    private Pty4jPty(UnixPtyProcess process) {
        this.process = process;
        this.master = process.getPty();
        // pty4j closes streams that nobody asked for, and the descriptor with them, when the process is destroyed or
        // collected
        process.getInputStream();
        process.getOutputStream();
        process.getErrorStream();
    }

    /**
     * Starts the process when the terminal has its size already. pty4j's builder sets it afterwards, and a quick program sees
     * 0 columns; only the old constructor takes a terminal that is ready.
     */
    @SuppressWarnings("deprecation")
    static Pty4jPty start(Launch launch, TerminalSize size) throws IOException {
        var master = new com.pty4j.unix.Pty();
        try {
            master.setWindowSize(new WinSize(size.cols(), size.rows()), null);
            return new Pty4jPty(new UnixPtyProcess(
                    launch.argv().toArray(String[]::new),
                    launch.environment().entrySet().stream()
                            .map(variable -> variable.getKey() + '=' + variable.getValue())
                            .toArray(String[]::new),
                    launch.directory().toString(),
                    master,
                    null,
                    false));
        } catch (IOException | RuntimeException e) {
            master.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        while (true) {
            int count = calls.read(master.getMasterFD(), buffer);
            if (count > 0) {
                return count;
            }
            int error = count == 0 ? EIO : Native.getLastError();
            if (error == EIO) {
                // how Linux says that no process has the terminal open any more
                return -1;
            }
            if (error != EINTR) {
                throw new IOException("The terminal cannot be read: errno " + error);
            }
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        descriptor.readLock().lock();
        try {
            requireOpen();
            for (int done = 0; done < length; ) {
                int count = calls.write(master.getMasterFD(), bytes, offset + done, length - done);
                if (count >= 0) {
                    done += count;
                } else if (Native.getLastError() != EINTR) {
                    throw new IOException("The terminal cannot be written: errno " + Native.getLastError());
                }
            }
        } finally {
            descriptor.readLock().unlock();
        }
    }

    @Override
    public boolean writable() {
        descriptor.readLock().lock();
        try {
            return !closed && calls.writable(master.getMasterFD());
        } finally {
            descriptor.readLock().unlock();
        }
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        descriptor.readLock().lock();
        try {
            requireOpen();
            process.setWinSize(new WinSize(size.cols(), size.rows()));
        } catch (IllegalStateException e) {
            throw new IOException("The terminal cannot be resized", e);
        } finally {
            descriptor.readLock().unlock();
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The terminal is closed");
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public boolean running() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        descriptor.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                master.close();
            }
        } finally {
            descriptor.writeLock().unlock();
        }
    }
}
