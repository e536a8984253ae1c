package dev.cockpitcoder.identity;

import java.io.ByteArrayInputStream;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;

/** Verifies one of our own tokens, for the REST gate and the WebSocket gate alike (RFC 7515, RFC 8725). */
@ApplicationScoped
class TokenVerifier {
    private static final Logger LOG = Logger.getLogger(TokenVerifier.class.getName());
    private static final int MAX_CHARS = 4096;
    private static final Set<String> HEADER = Set.of("alg", "typ", "kid");
    // two claims of one name could be read differently by two readers
    private static final JsonReaderFactory STRICT =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private final VerifiedSignatures verified = new VerifiedSignatures();

    private SigningKeys keys;
    private TokenPolicy policy;

    TokenVerifier() {}

    @Inject
    TokenVerifier(SigningKeys keys, Revocations revocations, IdentityConfig config) {
        this.keys = keys;
        this.policy = new TokenPolicy(revocations, config);
    }

    /** Who the token speaks for; empty when it is not one of ours, or not good any more. */
    Optional<Caller> verify(String compact) {
        if (compact == null || compact.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            JWSObject jws = JWSObject.parse(compact);
            return isSigned(jws, compact) ? policy.caller(claims(jws), Instant.now()) : Optional.empty();
        } catch (ParseException | JOSEException | JsonException | IllegalArgumentException e) {
            LOG.fine(() -> "a token cannot be read: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean isSigned(JWSObject jws, String compact) throws JOSEException {
        JWSHeader header = jws.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !JOSEObjectType.JWT.equals(header.getType())
                || !header.getIncludedParams().equals(HEADER)) {
            return false;
        }
        Optional<ECKey> key = keys.ring().find(header.getKeyID());
        if (key.isEmpty()) {
            return false;
        }
        if (verified.contains(compact, key.get())) {
            return true;
        }
        boolean good = jws.verify(new ECDSAVerifier(key.get()));
        if (good) {
            verified.add(compact, key.get());
        }
        return good;
    }

    private static JsonObject claims(JWSObject jws) {
        try (JsonReader reader =
                STRICT.createReader(new ByteArrayInputStream(jws.getPayload().toBytes()))) {
            return reader.readObject();
        }
    }
}
