package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;

/** A client on a WebSocket. */
final class SocketPeer implements Peer {
    private static final Logger LOG = Logger.getLogger(SocketPeer.class.getName());

    private final Session socket;

    SocketPeer(Session socket) {
        this.socket = socket;
    }

    @Override
    public void sendText(String text) throws IOException {
        socket.getBasicRemote().sendText(text);
    }

    @Override
    public void sendBinary(ByteBuffer bytes) throws IOException {
        socket.getBasicRemote().sendBinary(bytes);
    }

    @Override
    public void ping() throws IOException {
        socket.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void close(int code, String reason) {
        try {
            if (socket.isOpen()) {
                socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), reason));
            }
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "A socket was gone before it was closed", e);
        }
    }
}
