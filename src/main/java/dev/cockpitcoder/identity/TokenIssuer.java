package dev.cockpitcoder.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Mints this server's own tokens: ES256 JWTs (RFC 7519) with the claims MicroProfile JWT needs. */
@ApplicationScoped
public class TokenIssuer {
    static final String ISSUER = "cockpit-coder";
    static final String AUDIENCE = "cockpit-coder";
    static final String USE_CLAIM = "token_use";
    static final String SESSION_CLAIM = "sid";

    /** @param expiresAt whole seconds */
    public record IssuedToken(String token, Instant expiresAt) {}

    private SigningKeys keys;
    private IdentityConfig config;

    TokenIssuer() {}

    @Inject
    TokenIssuer(SigningKeys keys, IdentityConfig config) {
        this.keys = keys;
        this.config = config;
    }

    IssuedToken operator(String subject) {
        Instant now = now();
        return issue(subject, Role.OPERATOR, null, now, now.plus(config.operatorLifetime()));
    }

    /** A token for one session of its owner. It ends with the session, or at the longest lifetime that is configured. */
    public IssuedToken session(String owner, UUID sessionId, Instant sessionExpiresAt) {
        Instant now = now();
        Instant latest = now.plus(config.sessionLifetimeMax());
        return issue(
                owner, Role.SESSION, sessionId, now, sessionExpiresAt.isBefore(latest) ? sessionExpiresAt : latest);
    }

    /** The longest a session may live from now on: a token cannot be made for longer. */
    public Duration sessionLifetimeMax() {
        return config.sessionLifetimeMax();
    }

    private IssuedToken issue(String subject, Role role, UUID sessionId, Instant now, Instant expiresAt) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(subject)
                .claim("upn", subject)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .claim("groups", List.of(role.group()))
                .claim(USE_CLAIM, role.group());
        if (sessionId != null) {
            claims.claim(SESSION_CLAIM, sessionId.toString());
        }
        return new IssuedToken(sign(claims.build()), expiresAt);
    }

    private String sign(JWTClaimsSet claims) {
        ECKey key = keys.ring().active();
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(JOSEObjectType.JWT)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }
}
