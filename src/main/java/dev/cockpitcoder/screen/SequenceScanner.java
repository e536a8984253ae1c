package dev.cockpitcoder.screen;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the control sequences, and the bells, in output as it comes, and passes over the text between them: that is nearly all of it, and
 * looking at it costs little. 8-bit introducers are text here. For one thread.
 */
public final class SequenceScanner {
    private static final byte BEL = 0x07;
    private static final byte ESC = 0x1b;
    private static final long NEVER = -1;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;

    private final Utf8 utf8 = new Utf8();
    private final SequenceParser parser;
    private long scanned;
    private long lastSequence = NEVER;

    public SequenceScanner(SequenceHandler handler) {
        parser = new SequenceParser(handler);
    }

    public void scan(byte[] bytes, int length) {
        long begin = scanned;
        for (int i = 0; i < length; i++) {
            if (parser.atRest()) {
                i = endOfText(bytes, i, length);
                if (i == length) {
                    break;
                }
                if (bytes[i] == ESC) {
                    lastSequence = begin + i;
                }
            }
            // what is found ends here
            scanned = begin + i + 1;
            int code = utf8.next(bytes[i]);
            if (code != Utf8.NONE) {
                parser.next(code);
            }
        }
        scanned = begin + length;
    }

    /** Eight bytes at a time as far as there is none of interest among them: it is a third of the work, also of a simple compiler. */
    private static int endOfText(byte[] bytes, int from, int length) {
        int i = from;
        while (i + Long.BYTES <= length && !hasSignal((long) EIGHT.get(bytes, i))) {
            i += Long.BYTES;
        }
        while (i < length && bytes[i] != ESC && bytes[i] != BEL) {
            i++;
        }
        return i;
    }

    private static boolean hasSignal(long eight) {
        return hasZero(eight ^ ESC * ONES) || hasZero(eight ^ BEL * ONES);
    }

    /** Whether a byte of it is zero: only that one borrows from a bit that is not set. */
    private static boolean hasZero(long eight) {
        return (eight - ONES & ~eight & HIGH_BITS) != 0;
    }

    /** How many bytes it has taken, up to the end of what its handler is being told. */
    public long scanned() {
        return scanned;
    }

    /** Where the last sequence began; -1 when there was none. */
    public long lastSequence() {
        return lastSequence;
    }
}
