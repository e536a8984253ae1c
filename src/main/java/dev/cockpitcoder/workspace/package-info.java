/**
 * Repositories the server may touch, and what it knows about them.
 *
 * <p>Invariant: every path that comes from outside passes {@link dev.cockpitcoder.workspace.RepoPolicy} as a real path first.
 */
package dev.cockpitcoder.workspace;
