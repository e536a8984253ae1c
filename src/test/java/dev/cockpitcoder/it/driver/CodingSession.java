package dev.cockpitcoder.it.driver;

import jakarta.json.JsonObject;

/** A session on a running server, with its connection object. */
public record CodingSession(Cockpit cockpit, JsonObject connection) {
    public String id() {
        return connection.getString("sessionId");
    }

    public String token() {
        return connection.getString("token");
    }

    public Answer end() {
        return cockpit.delete(token(), "/api/session/" + id());
    }

    /** As the first clients do it: id and token in the URL, no Origin, no subprotocol. */
    public Socket openPty() {
        return Socket.open(connection.getJsonObject("ws").getString("pty") + "?" + query());
    }

    /** @param more further query parameters, such as {@code &resumeSeq=0} */
    public Socket openEvents(String more) {
        return Socket.open(connection.getJsonObject("ws").getString("events") + "?" + query() + more);
    }

    public String query() {
        return "sessionId=" + id() + "&token=" + token();
    }
}
