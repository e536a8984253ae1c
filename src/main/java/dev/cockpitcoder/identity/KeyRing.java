package dev.cockpitcoder.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/**
 * The signing keys (ES256, RFC 7518 section 3.4): one active, the next one already published so that caches know it before it
 * signs, and retired ones that still verify what they signed. Immutable; a rotation gives a new ring.
 *
 * @param slots at least an ACTIVE and a NEXT one
 */
record KeyRing(List<Slot> slots) {
    enum State {
        NEXT,
        ACTIVE,
        RETIRED
    }

    /** @param since when the key came into this state */
    record Slot(State state, Instant since, ECKey key) {}

    static KeyRing create(Instant now) {
        return new KeyRing(List.of(new Slot(State.ACTIVE, now, newKey()), new Slot(State.NEXT, now, newKey())));
    }

    ECKey active() {
        return slots.stream()
                .filter(slot -> slot.state == State.ACTIVE)
                .findFirst()
                .orElseThrow()
                .key;
    }

    Optional<ECKey> find(String keyId) {
        return slots.stream()
                .map(Slot::key)
                .filter(key -> key.getKeyID().equals(keyId))
                .findFirst();
    }

    /** The public halves as a JWK set (RFC 7517). */
    String publicJwks() {
        return new JWKSet(
                        slots.stream().<JWK>map(slot -> slot.key.toPublicJWK()).toList())
                .toString(true);
    }

    /** This ring, or the one that follows when the active key has served its time or a retired one verifies nothing any more. */
    KeyRing at(Instant now, Duration keyLifetime, Duration tokenLifetime) {
        List<Slot> kept = new ArrayList<>(slots);
        kept.removeIf(slot ->
                slot.state == State.RETIRED && slot.since.plus(tokenLifetime).isBefore(now));
        Slot active = slots.stream()
                .filter(slot -> slot.state == State.ACTIVE)
                .findFirst()
                .orElseThrow();
        if (active.since.plus(keyLifetime).isBefore(now)) {
            kept.replaceAll(slot -> switch (slot.state) {
                case ACTIVE -> new Slot(State.RETIRED, now, slot.key);
                case NEXT -> new Slot(State.ACTIVE, now, slot.key);
                case RETIRED -> slot;
            });
            kept.add(new Slot(State.NEXT, now, newKey()));
        }
        return kept.equals(slots) ? this : new KeyRing(List.copyOf(kept));
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }
}
