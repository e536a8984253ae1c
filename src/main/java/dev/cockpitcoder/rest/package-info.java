/**
 * How request bodies are read: strictly, and only so much of them.
 *
 * <p>Invariant: a body that is too large, malformed or of another shape is refused with a problem before a resource sees it.
 */
package dev.cockpitcoder.rest;
