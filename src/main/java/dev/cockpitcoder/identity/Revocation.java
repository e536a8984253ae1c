package dev.cockpitcoder.identity;

import java.time.Instant;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;

/** Something tokens are refused for before they expire: a session ({@code sid:…}) or one token ({@code jti:…}). */
@Entity
@NamedQuery(name = "Revocation.all", query = "SELECT r FROM Revocation r")
@NamedQuery(name = "Revocation.purge", query = "DELETE FROM Revocation r WHERE r.keepUntil < :now")
public class Revocation {
    @Id
    private String id;

    @Column(name = "keep_until")
    private Instant keepUntil;

    protected Revocation() {}

    Revocation(String id, Instant keepUntil) {
        this.id = id;
        this.keepUntil = keepUntil;
    }

    String id() {
        return id;
    }

    Instant keepUntil() {
        return keepUntil;
    }
}
