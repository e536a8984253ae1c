package dev.cockpitcoder.identity;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

/** The token in {@code Authorization: Bearer} (RFC 6750, section 2.1). */
final class Bearer {
    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    static Optional<String> token(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
