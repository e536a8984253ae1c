package dev.cockpitcoder.terminal;

import java.io.IOException;

/**
 * The master side of a pseudo-terminal and the process on its other side. One thread reads, another may write, any may resize.
 *
 * <p>The thread that reads also closes, after {@link #read} has said the end: a descriptor that is closed under a blocked
 * system call may already be another file. Ending the processes ends the read.
 */
interface Pty extends AutoCloseable {
    /**
     * Waits for output.
     *
     * @return how many bytes were put into {@code buffer}; -1 once every process has let go of the terminal
     */
    int read(byte[] buffer) throws IOException;

    /** Writes all of it. Blocks while the program does not read; fails once every process has let go of the terminal. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Whether {@link #write} takes {@link Descriptor#WRITABLE_BYTES} bytes now without blocking. For the thread that writes. */
    boolean writable();

    void resize(TerminalSize size) throws IOException;

    long pid();

    /** Waits for the process and gives its exit code; 128 + n when signal n ended it. */
    int waitFor() throws InterruptedException;

    boolean running();

    /** Lets go of the descriptor. Ends no process. */
    @Override
    void close() throws IOException;
}
