/**
 * The patches of a task: what is offered, what is chosen, what has landed on the user's branch, and taking it back.
 *
 * <p>Invariant: a landing is stored before its branch moves, and after a crash it either landed or never was.
 */
package dev.cockpitcoder.patch;
