package dev.cockpitcoder.identity;

import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemWriter;

/** In front of everything under {@code /api/}: no answer but 401 without a good token, whether the path exists or not. */
public class ApiGate extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Where the resource finds the {@link Caller}. */
    static final String CALLER = Caller.class.getName();

    /** The only open paths under /api/: the ones a token is got from. */
    private static final Set<String> OPEN = Set.of("/api/auth/pair");

    @Inject
    private transient TokenVerifier tokens;

    @Inject
    private transient AcceptedTokens accepted;

    @Inject
    private transient Origins origins;

    @Inject
    private transient Audit audit;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!origins.allows(request)) {
            audit.refused(request, "-", "origin not allowed");
            ProblemWriter.write(
                    request,
                    response,
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "Web pages of this origin may not use this server; add the origin to CORS_ORIGINS.");
            return;
        }
        if (OPEN.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> caller = Bearer.token(request).flatMap(tokens::verify);
        if (caller.isPresent()) {
            accepted.remember(request.getUserPrincipal());
            request.setAttribute(CALLER, caller.get());
            chain.doFilter(request, response);
        } else {
            audit.refused(request, "-", "no valid token");
            ProblemWriter.write(
                    request,
                    response,
                    ProblemCode.UNAUTHENTICATED,
                    "Send a token this server issued and that has not ended: Authorization: Bearer <token>.");
        }
    }
}
