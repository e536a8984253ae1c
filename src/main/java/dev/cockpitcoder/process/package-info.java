/**
 * Starting, capping and ending child process trees: the one place that knows how.
 *
 * <p>Invariant: a tree that was started here can be ended here, whatever its members did to escape. No container imports.
 */
package dev.cockpitcoder.process;
