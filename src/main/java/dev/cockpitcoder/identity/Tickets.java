package dev.cockpitcoder.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import dev.cockpitcoder.problem.ProblemException;

/** Stand-ins for a token on one WebSocket handshake, because a browser can send no header there: 30 s, one use. */
@ApplicationScoped
class Tickets {
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int MAX_OPEN = 10_000;

    private record Open(Caller caller, SocketPath path, Instant expiresAt) {}

    private final Map<String, Open> openByHash = new ConcurrentHashMap<>();

    TicketView create(Caller caller, SocketPath path) {
        Instant now = Instant.now();
        openByHash.values().removeIf(open -> now.isAfter(open.expiresAt));
        if (openByHash.size() >= MAX_OPEN) {
            throw ProblemException.tooMany("Too many tickets are open. Try again in 30 seconds.", 30);
        }
        String ticket = Secrets.ticket();
        openByHash.put(Secrets.hash(ticket), new Open(caller, path, now.plus(LIFETIME)));
        return new TicketView(ticket, now.plus(LIFETIME));
    }

    /** The caller the ticket was made for; empty when it is unknown, used, late or for another endpoint. It is used up. */
    Optional<Caller> redeem(String ticket, SocketPath path) {
        return Optional.ofNullable(openByHash.remove(Secrets.hash(ticket)))
                .filter(open -> open.path == path && Instant.now().isBefore(open.expiresAt))
                .map(Open::caller);
    }
}
