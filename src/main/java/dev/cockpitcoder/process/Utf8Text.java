package dev.cockpitcoder.process;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Turns a stream of bytes, cut anywhere, into text that is never cut inside a character. Bytes that are no UTF-8 become U+FFFD.
 * For one thread.
 */
public final class Utf8Text {
    private static final int LONGEST = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];
    private int toSkip;

    /** What comes next begins in the middle of the stream: the tail of a character whose beginning is not there is left out. */
    public void startMidStream() {
        decoder.reset();
        rest = new byte[0];
        toSkip = LONGEST - 1;
    }

    /** The text of these bytes, and of those kept from before; a character that is not complete yet is kept. */
    public String decode(byte[] bytes, int from, int length) {
        while (toSkip > 0 && length > 0) {
            boolean continuation = (bytes[from] & 0xC0) == 0x80;
            toSkip = continuation ? toSkip - 1 : 0;
            if (continuation) {
                from++;
                length--;
            }
        }
        ByteBuffer in = ByteBuffer.allocate(rest.length + length)
                .put(rest)
                .put(bytes, from, length)
                .flip();
        return decode(in, false);
    }

    /** What is left at the end of the stream: empty, or U+FFFD for a character that never became complete. */
    public String end() {
        return decode(ByteBuffer.wrap(rest), true);
    }

    private String decode(ByteBuffer in, boolean end) {
        CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
        decoder.decode(in, out, end);
        rest = new byte[in.remaining()];
        in.get(rest);
        return out.flip().toString();
    }
}
