package dev.cockpitcoder.problem;

import java.io.Serial;
import java.io.StringReader;

import jakarta.ejb.ApplicationException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

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
    /** As text: an exception must be serializable. */
    private final String members;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    /** @param cause kept for the log of 5xx answers only; it is never shown to a client */
    public ProblemException(ProblemCode code, String detail, Throwable cause) {
        this(code, detail, cause, 0, "{}");
    }

    private ProblemException(ProblemCode code, String detail, Throwable cause, int retryAfterSeconds, String members) {
        super(detail, cause);
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
        this.members = members;
    }

    /** The same with further members for its body (RFC 9457, section 3.2). */
    public ProblemException with(JsonObject more) {
        return new ProblemException(code, getMessage(), getCause(), retryAfterSeconds, more.toString());
    }

    /** A refusal that ends by itself: answered with {@code Retry-After} (RFC 9110, section 10.2.3). */
    public static ProblemException tooMany(String detail, int retryAfterSeconds) {
        return new ProblemException(ProblemCode.TOO_MANY, detail, null, retryAfterSeconds, "{}");
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

    /** Further members of its body; empty when there are none. */
    public JsonObject members() {
        try (JsonReader reader = Json.createReader(new StringReader(members))) {
            return reader.readObject();
        }
    }
}
