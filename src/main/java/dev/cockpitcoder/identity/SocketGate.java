package dev.cockpitcoder.identity;

import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemWriter;

/**
 * In front of the WebSocket endpoints, before the upgrade: origin, then credential, then principal. What passes on carries the
 * {@link Caller} as its principal and no credential in its query.
 */
public class SocketGate extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String TICKET_PROTOCOL = "ticket.";

    @Inject
    private transient TokenVerifier tokens;

    @Inject
    private transient Tickets tickets;

    @Inject
    private transient Origins origins;

    @Inject
    private transient IdentityConfig config;

    @Inject
    private transient Audit audit;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!origins.allows(request)) {
            refuse(
                    request,
                    response,
                    "-",
                    ProblemCode.ORIGIN_NOT_ALLOWED,
                    "Web pages of this origin may not connect here; add the origin to CORS_ORIGINS.");
            return;
        }
        Optional<SocketPath> path = SocketPath.at(request.getRequestURI());
        Optional<Caller> caller = path.flatMap(known -> caller(request, known));
        if (caller.isEmpty()) {
            refuse(
                    request,
                    response,
                    "-",
                    ProblemCode.UNAUTHENTICATED,
                    "Connect with a token of the session, or with a ticket of POST /api/auth/tickets.");
        } else if (caller.get().sessionId() == null) {
            refuse(
                    request,
                    response,
                    caller.get().subject(),
                    ProblemCode.FORBIDDEN,
                    "Connect with the token of a session, not with an operator's.");
        } else if (!isNamedSession(request, caller.get())) {
            refuse(request, response, caller.get().subject(), ProblemCode.NOT_FOUND, "There is no such session.");
        } else {
            chain.doFilter(new AdmittedRequest(request, caller.get()), response);
        }
    }

    private Optional<Caller> caller(HttpServletRequest request, SocketPath path) {
        Optional<String> bearer = Bearer.token(request);
        if (bearer.isPresent()) {
            return tokens.verify(bearer.get());
        }
        Optional<String> ticket = offeredTicket(request).or(() -> parameter(request, AdmittedRequest.TICKET));
        if (ticket.isPresent()) {
            return tickets.redeem(ticket.get(), path);
        }
        return config.tokenInUrl()
                ? parameter(request, AdmittedRequest.TOKEN).flatMap(tokens::verify)
                : Optional.empty();
    }

    private static Optional<String> offeredTicket(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(TICKET_PROTOCOL))
                .map(protocol -> protocol.substring(TICKET_PROTOCOL.length()))
                .findFirst();
    }

    private static boolean isNamedSession(HttpServletRequest request, Caller caller) {
        return parameter(request, "sessionId")
                .filter(id -> id.equalsIgnoreCase(caller.sessionId().toString()))
                .isPresent();
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values != null && values.length == 1 ? Optional.of(values[0]) : Optional.empty();
    }

    private void refuse(
            HttpServletRequest request, HttpServletResponse response, String who, ProblemCode code, String detail)
            throws IOException {
        audit.refused(request, who, code.name());
        ProblemWriter.write(request, response, code, detail);
    }
}
