package dev.cockpitcoder.identity;

import java.time.Instant;
import java.util.List;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The stored part of {@link Revocations}; it joins the caller's transaction. */
@Stateless
public class RevocationService {
    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    public void save(Revocation revocation) {
        entities.merge(revocation);
    }

    public List<Revocation> all() {
        return entities.createNamedQuery("Revocation.all", Revocation.class).getResultList();
    }

    public void purge(Instant now) {
        entities.createNamedQuery("Revocation.purge").setParameter("now", now).executeUpdate();
    }
}
