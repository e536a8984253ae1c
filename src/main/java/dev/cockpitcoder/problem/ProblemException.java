package dev.cockpitcoder.problem;

import java.io.Serial;

import jakarta.ejb.ApplicationException;

/**
 * The one exception a room throws to refuse or fail. Its message is the {@code detail} a client reads: a sentence of ours
 * that says what to do next where that can be known, never a foreign message, a path of this machine or a secret.
 */
@ApplicationException(rollback = true)
public class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final int retryAfterSeconds;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    /** @param cause kept for the log of 5xx answers only; it is never shown to a client */
    public ProblemException(ProblemCode code, String detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
        this.retryAfterSeconds = 0;
    }

    private ProblemException(ProblemCode code, String detail, int retryAfterSeconds) {
        super(detail);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A refusal that ends by itself: answered with {@code Retry-After} (RFC 9110, section 10.2.3). */
    public static ProblemException tooMany(String detail, int retryAfterSeconds) {
        return new ProblemException(ProblemCode.TOO_MANY, detail, retryAfterSeconds);
    }

    public static ProblemException notFound(String detail) {
        return new ProblemException(ProblemCode.NOT_FOUND, detail);
    }

    public ProblemCode code() {
        return code;
    }

    /** Seconds for {@code Retry-After}; 0 when there is none. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
