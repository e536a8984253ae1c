/**
 * The durable, gap-free event log of each session, the socket, stream and pages it is read from, and what clients say on the socket.
 *
 * <p>Invariant: it observes {@link dev.cockpitcoder.session.SessionEvent} and knows no room that fires it; a reader
 * is never given an event after another with one between them left out, unless a reset frame says so first.
 */
package dev.cockpitcoder.event;
