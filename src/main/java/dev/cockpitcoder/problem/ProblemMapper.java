package dev.cockpitcoder.problem;

import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.ejb.EJBException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Turns everything a resource throws into a problem: refusals as they are, anything else into a 500 that tells nothing. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    @Context
    private HttpHeaders headers;

    @Override
    public Response toResponse(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof ProblemException problem) {
            return answer(problem.code(), problem.getMessage(), problem);
        }
        if (failure instanceof WebApplicationException refusal) {
            return container(refusal);
        }
        return answer(ProblemCode.INTERNAL, "The log of the server says more; look for the instance.", failure);
    }

    /** What JAX-RS refuses by itself: no such path, method or media type. */
    private Response container(WebApplicationException refusal) {
        Response original = refusal.getResponse();
        if (original.getStatus() < 400) {
            return original;
        }
        ProblemCode code = ProblemCode.of(original.getStatus());
        Response.ResponseBuilder answer = Response.fromResponse(answer(code, detail(code), refusal));
        if (refusal instanceof NotAllowedException) {
            answer.header(HttpHeaders.ALLOW, original.getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    private static String detail(ProblemCode code) {
        return switch (code) {
            case NOT_FOUND -> "Nothing is served at this address. The API is described at /openapi.";
            case METHOD_NOT_ALLOWED -> "This address does not support that method; Allow names those it does.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
            case FORBIDDEN -> "The token is good, but its role may not do this.";
            default -> code.title() + ".";
        };
    }

    private Response answer(ProblemCode code, String detail, Throwable failure) {
        JsonObject body = Problem.body(
                code,
                detail,
                failure instanceof ProblemException problem ? problem.members() : JsonValue.EMPTY_JSON_OBJECT);
        Level level = code.status() >= 500 ? Level.SEVERE : Level.FINE;
        LOG.log(level, failure, () -> code + " " + body.getString("instance"));
        Response.ResponseBuilder answer =
                Response.status(code.status()).type(Problem.MEDIA_TYPE).entity(body.toString());
        if (failure instanceof ProblemException problem && problem.retryAfterSeconds() > 0) {
            answer.header(HttpHeaders.RETRY_AFTER, problem.retryAfterSeconds());
        }
        if (code == ProblemCode.UNAUTHENTICATED) {
            answer.header(
                    HttpHeaders.WWW_AUTHENTICATE,
                    ProblemWriter.challenge(headers.getHeaderString(HttpHeaders.AUTHORIZATION) != null));
        }
        return answer.build();
    }

    private static Throwable unwrapped(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException) {
                return cause;
            }
        }
        return thrown instanceof EJBException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
