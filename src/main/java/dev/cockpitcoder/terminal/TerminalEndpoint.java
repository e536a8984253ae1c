package dev.cockpitcoder.terminal;

import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.server.SocketOutput;

/**
 * Terminals over WebSocket. The gate in front has verified who connects. The container makes one instance per connection and
 * calls it back for one frame at a time.
 */
@ServerEndpoint(value = "/ws/pty", subprotocols = V1Connection.PROTOCOL)
public class TerminalEndpoint {
    private static final Logger LOG = Logger.getLogger(TerminalEndpoint.class.getName());
    /** What may be pasted at once by clients that cannot cut it into frames. */
    private static final int MAX_TEXT_BYTES = 2 << 20;

    @Inject
    private TerminalRegistry registry;

    private SocketOutput output;
    private PtyConnection connection;

    @OnOpen
    public void open(Session socket) {
        boolean v1 = V1Connection.PROTOCOL.equals(socket.getNegotiatedSubprotocol());
        // fragments are collected up to these; the limits at the callbacks count whole messages only (Tyrus)
        socket.setMaxTextMessageBufferSize(v1 ? V1Connection.MAX_CONTROL_CHARS : MAX_TEXT_BYTES);
        socket.setMaxBinaryMessageBufferSize(V1Connection.MAX_FRAME_BYTES);
        output = new SocketOutput(socket);
        connection = registry.connect((Caller) socket.getUserPrincipal(), v1, new SocketPeer(output));
    }

    @OnMessage(maxMessageSize = MAX_TEXT_BYTES)
    public void text(String frame) {
        connection.liveness().handle(() -> connection.text(frame));
    }

    @OnMessage(maxMessageSize = V1Connection.MAX_FRAME_BYTES)
    public void binary(byte[] frame) {
        connection.liveness().handle(() -> connection.binary(frame));
    }

    @OnMessage
    public void pong(PongMessage answer) {
        connection.liveness().heard();
    }

    @OnClose
    public void close(CloseReason reason) {
        // first: what follows may wait, and who looks on is told at once
        if (connection != null) {
            connection.gone();
        }
        output.closed();
    }

    /** The container closes afterwards where it has to: 1007 for bad UTF-8, 1009 for a frame that is too large. */
    @OnError
    public void error(Throwable error) {
        LOG.log(Level.FINE, "A terminal's socket failed", error);
    }
}
