/**
 * The durable, gap-free event log of each session, and the socket it is read from.
 *
 * <p>Invariant: it observes {@link dev.cockpitcoder.session.SessionEvent} and knows no room that fires it.
 */
package dev.cockpitcoder.event;
