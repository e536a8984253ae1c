/**
 * The commands an operator listed, run in a session's repository: nothing else is ever started, and no shell is involved.
 *
 * <p>Invariant: what runs is an argv that equals a listed one, its program resolved when the server started, and it ends with
 * all its processes at its time-out, its cancellation, the end of its session or of the server.
 */
package dev.cockpitcoder.command;
