package dev.cockpitcoder.event;

import java.io.IOException;
import java.io.Serial;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.problem.ProblemWriter;

/**
 * Answers {@code GET /api/events} of who accepts {@code text/event-stream}; {@link EventResource} has the others. A filter and no
 * resource, because only the servlet's own output can be written without blocking.
 */
public class EventStreamFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String EVENT_STREAM = "text/event-stream";

    @Inject
    private transient EventHub hub;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String accept = request.getHeader("Accept");
        if (!request.getMethod().equals("GET") || accept == null || !accept.contains(EVENT_STREAM)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            stream(request, response);
        } catch (ProblemException e) {
            if (e.retryAfterSeconds() > 0) {
                response.setIntHeader("Retry-After", e.retryAfterSeconds());
            }
            ProblemWriter.write(request, response, e.code(), e.getMessage());
        }
    }

    private void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Caller.of(request);
        EventStream stream = new EventStream(hub, caller.requireSession());
        StreamOutlet outlet = stream.subscribe(response.getOutputStream(), caller, after(request));
        response.setContentType(EVENT_STREAM);
        // nginx holds answers back unless told not to
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext exchange = request.startAsync();
        exchange.setTimeout(0);
        exchange.addListener(stream);
        outlet.begin(exchange, stream);
    }

    /** What the client got last counts, when it says so: it repeats its first address when it comes back. */
    private static long after(HttpServletRequest request) {
        Optional<String> lastId =
                Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isEmpty());
        return lastId.map(id -> ResumePoint.parse("Last-Event-ID", id))
                .or(() ->
                        Optional.ofNullable(request.getParameter("after")).map(seq -> ResumePoint.parse("after", seq)))
                .orElse(0L);
    }
}
