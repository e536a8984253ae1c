package dev.cockpitcoder.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers a request with a problem where there is no JAX-RS: in filters and for what the container refuses by itself. */
public final class ProblemWriter {
    private ProblemWriter() {}

    /** @throws IOException when the client is gone */
    public static void write(HttpServletRequest request, HttpServletResponse response, ProblemCode code, String detail)
            throws IOException {
        response.setStatus(code.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (code == ProblemCode.UNAUTHENTICATED) {
            response.setHeader("WWW-Authenticate", challenge(request.getHeader("Authorization") != null));
        }
        byte[] body = Problem.body(code, detail).toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** RFC 6750, section 3: the error is named only to who sent a token. */
    static String challenge(boolean tokenSent) {
        return "Bearer realm=\"cockpit-coder\"" + (tokenSent ? ", error=\"invalid_token\"" : "");
    }
}
