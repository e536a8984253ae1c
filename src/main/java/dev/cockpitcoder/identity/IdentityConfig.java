package dev.cockpitcoder.identity;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * @param jwtSecret {@code JWT_SECRET}; empty when it is unset or the marker {@code change_me}
 * @param corsOrigins {@code CORS_ORIGINS}: exact origins
 * @param operatorLifetime {@code OPERATOR_TTL_SECONDS}
 * @param sessionLifetimeMax {@code SESSION_TTL_MAX_SECONDS}: no session token lives longer
 * @param tokenInUrl {@code WS_TOKEN_IN_URL}: whether the existing clients' {@code ?token=} is accepted on WebSockets
 * @param keyLifetime {@code KEY_ROTATION_DAYS}
 */
record IdentityConfig(
        Optional<String> jwtSecret,
        Set<String> corsOrigins,
        Duration operatorLifetime,
        Duration sessionLifetimeMax,
        boolean tokenInUrl,
        Duration keyLifetime) {

    private static final Duration YEAR = Duration.ofDays(366);
    private static final int SECRET_MIN_BYTES = 32;
    private static final String UNCONFIGURED = "change_me";
    private static final Set<String> PLACEHOLDERS = Set.of(
            "changeme", "secret", "password", "yoursecret", "securesecret", "jwtsecret", "example", "test", "todo");

    static IdentityConfig read(Settings settings) {
        return new IdentityConfig(
                settings.text("JWT_SECRET")
                        .filter(secret -> !secret.equals(UNCONFIGURED))
                        .map(IdentityConfig::strong),
                origins(
                        settings.text("CORS_ORIGINS").isPresent()
                                ? settings.list("CORS_ORIGINS")
                                : List.of("http://localhost:19006")),
                settings.seconds("OPERATOR_TTL_SECONDS", Duration.ofDays(30), Duration.ofMinutes(1), YEAR),
                settings.seconds("SESSION_TTL_MAX_SECONDS", Duration.ofDays(30), Duration.ofMinutes(1), YEAR),
                settings.flag("WS_TOKEN_IN_URL", true),
                Duration.ofDays(settings.number("KEY_ROTATION_DAYS", 30, 1, 3650)));
    }

    /** The longest life any token of ours has: how long a retired key must still verify. */
    Duration longestLifetime() {
        return operatorLifetime.compareTo(sessionLifetimeMax) > 0 ? operatorLifetime : sessionLifetimeMax;
    }

    private static String strong(String secret) {
        String letters = secret.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (PLACEHOLDERS.contains(letters)) {
            throw new InvalidSetting(
                    "JWT_SECRET", "is a placeholder; set a random one (openssl rand -base64 48) or unset it");
        }
        if (secret.getBytes(StandardCharsets.UTF_8).length < SECRET_MIN_BYTES) {
            throw new InvalidSetting("JWT_SECRET", "must be at least 32 bytes (openssl rand -base64 48), or unset");
        }
        if (secret.chars().distinct().count() == 1) {
            throw new InvalidSetting(
                    "JWT_SECRET", "is one character repeated; set a random one (openssl rand -base64 48)");
        }
        return secret;
    }

    private static Set<String> origins(List<String> values) {
        for (String value : values) {
            if (!value.equals("null") && !isOrigin(value)) {
                throw new InvalidSetting(
                        "CORS_ORIGINS",
                        value.equals("*")
                                ? "must list exact origins: '*' would let every web page use this server"
                                : "must list origins such as https://app.example.com, without a path, but has '" + value
                                        + "'");
            }
        }
        return Set.copyOf(values);
    }

    private static boolean isOrigin(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && value.equals(uri.getScheme() + "://" + uri.getRawAuthority())
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
