/**
 * Who is calling: token issue and verification, pairing, tickets, revocation, the REST and WebSocket gates, CORS and the
 * audit line.
 *
 * <p>Invariant: it keeps its own list of what is revoked and asks no other room.
 */
package dev.cockpitcoder.identity;
