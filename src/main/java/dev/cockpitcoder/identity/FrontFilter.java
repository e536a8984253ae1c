package dev.cockpitcoder.identity;

import java.io.IOException;
import java.io.Serial;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemWriter;
import dev.cockpitcoder.server.ServerAddresses;

/** First on every path: only hosts that are ours, and the security headers of every answer. */
public class FrontFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The build puts them there for the container's scanner (pom.xml); they name the libraries and their versions. */
    private static final String BUILD_MARKERS = "/WEB-INF__";

    @Inject
    private transient ServerAddresses addresses;

    @Inject
    private transient Audit audit;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader(
                "Cache-Control",
                request.getRequestURI().startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store");
        if (request.getServletPath().startsWith(BUILD_MARKERS)) {
            ProblemWriter.write(request, response, ProblemCode.NOT_FOUND, "There is nothing here.");
        } else if (addresses.serves(request)) {
            chain.doFilter(request, response);
        } else {
            audit.refused(request, "-", "host name not served");
            ProblemWriter.write(
                    request,
                    response,
                    ProblemCode.HOST_NOT_SERVED,
                    "This server does not answer to that host name; add it to ALLOWED_HOSTS.");
        }
    }
}
