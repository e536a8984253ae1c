/**
 * Facts about this server that every room may ask for: its addresses, its data directory and whether it is up.
 *
 * <p>Invariant: it knows nothing about callers, sessions or terminals, and imports no other room but {@code problem}.
 */
package dev.cockpitcoder.server;
