package dev.cockpitcoder.event;

import java.io.StringReader;
import java.time.Instant;
import java.util.Objects;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** One event as it goes to clients: a JSON text with its place in the session's sequence. */
@Entity
@Table(name = "session_event")
@IdClass(StoredEvent.Key.class)
@NamedQuery(
        name = "StoredEvent.after",
        query = "SELECT e FROM StoredEvent e WHERE e.sessionId = :session AND e.seq > :after ORDER BY e.seq")
@NamedQuery(name = "StoredEvent.head", query = "SELECT MAX(e.seq) FROM StoredEvent e WHERE e.sessionId = :session")
@NamedQuery(
        name = "StoredEvent.since",
        query = "SELECT MIN(e.seq) FROM StoredEvent e WHERE e.sessionId = :session AND e.at >= :since")
@NamedQuery(
        name = "StoredEvent.trim",
        query = "DELETE FROM StoredEvent e WHERE e.sessionId = :session AND e.seq <= :last")
@NamedQuery(
        name = "StoredEvent.purge",
        query = "DELETE FROM StoredEvent e WHERE e.at < :before AND ("
                + "e.seq < (SELECT MAX(n.seq) FROM StoredEvent n WHERE n.sessionId = e.sessionId) "
                + "OR NOT EXISTS (SELECT s FROM CodingSession s WHERE s.id = e.sessionId AND s.endedAt IS NULL))")
public class StoredEvent {
    @Id
    @Column(name = "session_id")
    private String sessionId;

    @Id
    private long seq;

    private Instant at;

    private String json;

    protected StoredEvent() {}

    StoredEvent(String sessionId, long seq, Instant at, String json) {
        this.sessionId = sessionId;
        this.seq = seq;
        this.at = at;
        this.json = json;
    }

    long seq() {
        return seq;
    }

    String json() {
        return json;
    }

    JsonObject object() {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** The primary key, as JPA wants it. */
    public static class Key {
        private String sessionId;
        private long seq;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.seq == seq && Objects.equals(key.sessionId, sessionId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(sessionId, seq);
        }
    }
}
