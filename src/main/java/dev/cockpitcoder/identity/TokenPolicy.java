package dev.cockpitcoder.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/**
 * Whether the claims of a token whose signature is good are ones this server could have made and still stands by. It checks
 * all of RFC 7519 section 4.1, because the container leaves {@code nbf}, {@code iat} and the lifetime unchecked.
 */
final class TokenPolicy {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private final Revocations revocations;
    private final IdentityConfig config;

    TokenPolicy(Revocations revocations, IdentityConfig config) {
        this.revocations = revocations;
        this.config = config;
    }

    /** The caller these claims speak for; empty when anything is missing, of the wrong type, out of time or revoked. */
    Optional<Caller> caller(JsonObject claims, Instant now) {
        try {
            Role role = role(claims);
            Instant issued = time(claims, "iat");
            Instant notBefore = time(claims, "nbf");
            Instant expires = time(claims, "exp");
            UUID sessionId = role == Role.SESSION ? UUID.fromString(text(claims, TokenIssuer.SESSION_CLAIM)) : null;
            Caller caller = new Caller(text(claims, "sub"), role, sessionId, text(claims, "jti"), expires);
            boolean good = text(claims, "iss").equals(TokenIssuer.ISSUER)
                    && isAudience(claims.get("aud"))
                    && !issued.isAfter(now.plus(CLOCK_SKEW))
                    && !notBefore.isAfter(now.plus(CLOCK_SKEW))
                    && expires.isAfter(now)
                    && !expires.isAfter(issued.plus(lifetime(role)))
                    && (role == Role.SESSION) == claims.containsKey(TokenIssuer.SESSION_CLAIM)
                    && !revocations.isRevoked(caller);
            return good ? Optional.of(caller) : Optional.empty();
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Duration lifetime(Role role) {
        return role == Role.OPERATOR ? config.operatorLifetime() : config.sessionLifetimeMax();
    }

    private static Role role(JsonObject claims) {
        String use = text(claims, TokenIssuer.USE_CLAIM);
        for (Role role : Role.values()) {
            if (role.group().equals(use)
                    && strings(claims.getJsonArray("groups")).equals(List.of(use))) {
                return role;
            }
        }
        throw new IllegalArgumentException("token_use and groups do not agree");
    }

    private static boolean isAudience(JsonValue value) {
        return value instanceof JsonString text
                ? text.getString().equals(TokenIssuer.AUDIENCE)
                : strings(value.asJsonArray()).contains(TokenIssuer.AUDIENCE);
    }

    private static List<String> strings(List<JsonValue> values) {
        return values.stream().map(value -> ((JsonString) value).getString()).toList();
    }

    private static String text(JsonObject claims, String name) {
        return claims.getJsonString(name).getString();
    }

    /** NumericDate: seconds since the epoch, as a whole number. */
    private static Instant time(JsonObject claims, String name) {
        return Instant.ofEpochSecond(((JsonNumber) claims.get(name)).longValueExact());
    }
}
