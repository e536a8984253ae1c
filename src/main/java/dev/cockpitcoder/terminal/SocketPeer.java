package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;

import dev.cockpitcoder.server.SocketOutput;

/** A client on a WebSocket. */
final class SocketPeer implements Peer {
    private final SocketOutput output;

    SocketPeer(SocketOutput output) {
        this.output = output;
    }

    @Override
    public void sendText(String text) throws IOException {
        output.sendText(text);
    }

    @Override
    public void sendBinary(ByteBuffer bytes) throws IOException {
        output.sendBinary(bytes);
    }

    @Override
    public void ping() throws IOException {
        output.ping();
    }

    @Override
    public void close(int code, String reason) {
        output.close(code, reason);
    }
}
