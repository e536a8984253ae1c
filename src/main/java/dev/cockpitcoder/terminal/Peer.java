package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The client's end of a connection. */
interface Peer {
    /** Blocks until the frame is on its way. One caller at a time, for text and binary together. */
    void sendText(String text) throws IOException;

    /** Blocks until the frame is on its way. One caller at a time, for text and binary together. */
    void sendBinary(ByteBuffer bytes) throws IOException;

    /** Asks for a sign of life (RFC 6455, section 5.5.2). One caller at a time, as for the others. */
    void ping() throws IOException;

    /** Closes with a code of RFC 6455, section 7.4, and a short reason. Any thread, any number of times; a blocked send fails. */
    void close(int code, String reason);
}
