package dev.cockpitcoder.problem;

/** Every refusal this server gives, with its HTTP status (RFC 9110) and its title. The names are part of the API. */
public enum ProblemCode {
    BAD_REQUEST(400, "The request cannot be understood"),
    UNAUTHENTICATED(401, "A valid token is needed"),
    FORBIDDEN(403, "This is not allowed"),
    HOST_NOT_SERVED(403, "This host name is not served"),
    ORIGIN_NOT_ALLOWED(403, "This origin is not allowed"),
    REPO_NOT_ALLOWED(403, "This repository is not allowed"),
    COMMAND_NOT_ALLOWED(403, "This command is not allowed"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This method is not supported here"),
    NOT_ACCEPTABLE(406, "None of the accepted formats can be given"),
    CONFLICT(409, "This does not fit the present state"),
    CONFIRMATION_NEEDED(409, "This needs an explicit confirmation"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not understood"),
    RANGE_NOT_SATISFIABLE(416, "There is nothing at this offset"),
    INVALID(422, "The request is not valid"),
    TOO_MANY(429, "Too many requests"),
    INTERNAL(500, "Something went wrong in the server"),
    UNAVAILABLE(503, "The server cannot do this now");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status this code is answered with. */
    public int status() {
        return status;
    }

    /** A short sentence for people, the same for every occurrence (RFC 9457, section 3.1.3). */
    public String title() {
        return title;
    }

    /** The code that stands for a status the container or JAX-RS chose by itself. */
    public static ProblemCode of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 409 -> CONFLICT;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 422 -> INVALID;
            case 429 -> TOO_MANY;
            case 503 -> UNAVAILABLE;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
