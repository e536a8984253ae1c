package dev.cockpitcoder.event;

import java.time.Instant;
import java.util.Objects;

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
@NamedQuery(name = "StoredEvent.purge", query = "DELETE FROM StoredEvent e WHERE e.at < :before")
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
