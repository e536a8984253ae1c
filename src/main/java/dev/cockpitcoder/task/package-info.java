/**
 * Tasks: an instruction, a pinned base commit, an isolated working copy, an agent, and the patches that come of it.
 *
 * <p>Invariant: a task is in exactly one phase, every change of it is stored before it is told, and nothing is left running by a
 * stop of the server.
 */
package dev.cockpitcoder.task;
