package dev.cockpitcoder.server;

import jakarta.servlet.http.WebConnection;

import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;

/**
 * Tyrus's handler of a handshake, which reads only when it can. Tyrus 2.1.5 registers its read listener first and makes its connection
 * afterwards. The container calls the listener at once when there is something to read already, or the client has gone, and
 * the listener waits for the connection that its own thread was about to make: for ever (ADR 26). Made by the container.
 */
public class PatientUpgrade extends TyrusHttpUpgradeHandler {
    @Override
    public void init(WebConnection connection) {
        LateReading late = new LateReading(connection);
        super.init(late);
        late.begin();
    }
}
