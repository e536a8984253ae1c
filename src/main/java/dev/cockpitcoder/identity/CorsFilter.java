package dev.cockpitcoder.identity;

import java.io.IOException;
import java.io.Serial;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * CORS (Fetch standard, section 3.3) by the exact list {@code CORS_ORIGINS}. It runs on error dispatches too, so that a page can read
 * a refusal. Nothing is ever allowed with credentials: no cookie carries authority here.
 */
public class CorsFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Origins origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Vary", "Origin");
        String origin = request.getHeader("Origin");
        boolean listed = origin != null && origins.isListed(origin);
        if (listed) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader(
                    "Access-Control-Expose-Headers",
                    "Content-Range, Location, Output-From, Output-Head, Output-Oldest, Output-To, Retry-After,"
                            + " WWW-Authenticate");
        }
        if (!isPreflight(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (listed) {
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
            response.setHeader(
                    "Access-Control-Allow-Headers",
                    "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Prefer");
            response.setHeader("Access-Control-Max-Age", "600");
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }
}
