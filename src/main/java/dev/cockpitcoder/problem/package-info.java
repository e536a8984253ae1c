/**
 * The one vocabulary of refusals and failures, and the mappers that put it on the wire as RFC 9457 problem details.
 *
 * <p>Invariant: no text of a foreign exception, no path of this machine and no token is ever in an answer.
 */
package dev.cockpitcoder.problem;
