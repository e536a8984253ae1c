/**
 * The coding session: a repository, an owner, a token and a lifetime.
 *
 * <p>Invariant: it never imports a room that lives off it; those observe {@link dev.cockpitcoder.session.SessionEnded}.
 */
package dev.cockpitcoder.session;
