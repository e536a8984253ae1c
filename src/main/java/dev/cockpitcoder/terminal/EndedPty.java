package dev.cockpitcoder.terminal;

import java.io.IOException;

/** What is left of the pseudo-terminal of an earlier server: nothing. */
final class EndedPty implements Pty {
    @Override
    public int read(byte[] buffer) {
        return -1;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException("The terminal is closed");
    }

    @Override
    public boolean writable() {
        return false;
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        throw new IOException("The terminal is closed");
    }

    @Override
    public long pid() {
        throw new IllegalStateException("There is no process");
    }

    @Override
    public int waitFor() {
        throw new IllegalStateException("There is no process");
    }

    @Override
    public boolean running() {
        return false;
    }

    @Override
    public void close() {
        // there is no descriptor
    }
}
