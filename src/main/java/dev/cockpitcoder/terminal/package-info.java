/**
 * Real shells, and what other rooms run on terminals. A terminal's output is an append-only log with absolute byte offsets, and a viewer is a cursor into it.
 *
 * <p>Invariant: bytes stay bytes from the PTY to the log and to the {@code cockpit.pty.v1} socket; nothing is queued per viewer.
 */
package dev.cockpitcoder.terminal;
