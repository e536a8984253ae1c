/**
 * The coding agents there are, and how each is run: confined to a working copy, with an environment made for it, within limits.
 *
 * <p>Invariant: when a run has ended no process of it lives.
 */
package dev.cockpitcoder.agent;
