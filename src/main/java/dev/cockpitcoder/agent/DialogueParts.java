package dev.cockpitcoder.agent;

/**
 * What a {@link Dialogue} has to do with.
 *
 * @param last for follow-ups
 */
record DialogueParts(Turn turn, Report report, Questions questions, LastSession last) {}
