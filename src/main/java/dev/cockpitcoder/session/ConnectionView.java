package dev.cockpitcoder.session;

import java.time.Instant;
import java.util.UUID;

import jakarta.json.Json;

/** Everything a client needs to work in a session. It is what the QR code carries, member for member. */
public record ConnectionView(UUID sessionId, String token, Sockets ws, String apiBase, Instant expiresAt) {
    public record Sockets(String pty, String events) {}

    static ConnectionView of(CodingSession session, String token, String apiBase, String wsBase) {
        return new ConnectionView(
                session.id(),
                token,
                new Sockets(wsBase + "/ws/pty", wsBase + "/ws/events"),
                apiBase,
                session.expiresAt());
    }

    String json() {
        return Json.createObjectBuilder()
                .add("sessionId", sessionId.toString())
                .add("token", token)
                .add("ws", Json.createObjectBuilder().add("pty", ws.pty).add("events", ws.events))
                .add("apiBase", apiBase)
                .add("expiresAt", expiresAt.toString())
                .build()
                .toString();
    }
}
