package dev.cockpitcoder.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Who is calling, as the gates verified it. On a WebSocket it is the session's user principal; on REST it can be injected.
 *
 * @param subject the user: the same for an operator and for the sessions the operator made
 * @param sessionId the session this caller acts in; null for an operator
 * @param tokenId the {@code jti} of the token (RFC 7519, section 4.1.7)
 * @param expiresAt when the token ends; a socket must not outlive it
 */
public record Caller(String subject, Role role, UUID sessionId, String tokenId, Instant expiresAt)
        implements Principal {
    /** Whom the gate in front of {@code /api/} let through; null on other paths. */
    public static Caller of(HttpServletRequest request) {
        return (Caller) request.getAttribute(ApiGate.CALLER);
    }

    @Override
    public String getName() {
        return subject;
    }

    /** The session this caller acts in. */
    public UUID requireSession() {
        if (sessionId == null) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "This works inside a session: use the token that POST /api/session gave.");
        }
        return sessionId;
    }
}
