package dev.cockpitcoder.identity;

import java.time.Instant;

/** @param ticket for the query or a subprotocol of one WebSocket handshake */
public record TicketView(String ticket, Instant expiresAt) {}
