package dev.cockpitcoder.terminal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The system calls of a descriptor: one thread reads, one at a time writes. pty4j's own binding converts their arguments by reflection and
 * copies the array in and out: for the few bytes of a PTY that costs as much as the call. After a failure
 * {@link Native#getLastError()} says errno. For 64-bit Linux, as pty4j's natives.
 */
final class Descriptor {
    /** What fits when {@link #writable} says so: the kernel makes room for a terminal's input in pieces of this size. */
    static final int WRITABLE_BYTES = 256;

    private static final short POLLOUT = 4;
    private static final int EVENTS_AT = 4;
    private static final int REVENTS_AT = 6;

    static {
        Native.register(Descriptor.class, "c");
    }

    private final ByteBuffer readMemory;
    private final Pointer readAddress;
    /** A {@code struct pollfd}. */
    private final ByteBuffer question = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());

    private final Pointer questionAddress = Native.getDirectBufferPointer(question);

    /** @param maxBytes how much one call can read */
    Descriptor(int maxBytes) {
        readMemory = ByteBuffer.allocateDirect(maxBytes);
        readAddress = Native.getDirectBufferPointer(readMemory);
    }

    /** Blocks until there is something; gives what read(2) gives. */
    int read(int descriptor, byte[] into) {
        int count = (int) read(descriptor, readAddress, Math.min(into.length, readMemory.capacity()));
        if (count > 0) {
            readMemory.get(0, into, 0, count);
        }
        return count;
    }

    /** Blocks until some of it is written; gives what write(2) gives. */
    int write(int descriptor, byte[] bytes, int offset, int length) {
        byte[] piece = offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + length);
        return (int) write(descriptor, piece, length);
    }

    /** Whether a write of {@value #WRITABLE_BYTES} bytes would not block, by poll(2). */
    boolean writable(int descriptor) {
        question.putInt(0, descriptor).putShort(EVENTS_AT, POLLOUT).putShort(REVENTS_AT, (short) 0);
        return poll(questionAddress, 1, 0) == 1 && question.getShort(REVENTS_AT) == POLLOUT;
    }

    private static native long read(int descriptor, Pointer buffer, long count);

    private static native long write(int descriptor, byte[] buffer, long count);

    private static native int poll(Pointer questions, long count, int timeout);
}
