package dev.cockpitcoder.terminal;

import java.nio.ByteBuffer;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * read(2) on a descriptor, for one thread. pty4j's own binding converts its arguments by reflection and copies the array in and out:
 * for the few kilobytes a PTY gives at a time that costs as much as the call. For 64-bit systems, as pty4j's natives.
 */
final class NativeRead {
    static {
        Native.register(NativeRead.class, "c");
    }

    private final ByteBuffer memory;
    private final Pointer address;

    /** @param maxBytes how much one call can read */
    NativeRead(int maxBytes) {
        memory = ByteBuffer.allocateDirect(maxBytes);
        address = Native.getDirectBufferPointer(memory);
    }

    /** Blocks until there is something; gives what read(2) gives, and {@link Native#getLastError()} then says errno. */
    int read(int descriptor, byte[] into) {
        int count = (int) read(descriptor, address, Math.min(into.length, memory.capacity()));
        if (count > 0) {
            memory.get(0, into, 0, count);
        }
        return count;
    }

    private static native long read(int descriptor, Pointer buffer, long count);
}
