package dev.cockpitcoder.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;

/** A subscriber on a WebSocket: a text frame an event. Sending blocks. */
final class SocketOutlet implements Outlet {
    private static final Logger LOG = Logger.getLogger(SocketOutlet.class.getName());

    private final Session socket;

    SocketOutlet(Session socket) {
        this.socket = socket;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void event(StoredEvent event) throws IOException {
        notice(event.json());
    }

    @Override
    public void notice(String json) throws IOException {
        socket.getBasicRemote().sendText(json);
    }

    @Override
    public void keepAlive() throws IOException {
        socket.getBasicRemote().sendPing(ByteBuffer.allocate(0));
    }

    @Override
    public void flush() {
        // every frame is flushed
    }

    @Override
    public void close(Ending ending) {
        try {
            socket.close(new CloseReason(
                    ending == Ending.BROKEN ? CloseCodes.GOING_AWAY : CloseCodes.VIOLATED_POLICY, ending.reason()));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "an event socket was closed already", e);
        }
    }
}
