package dev.cockpitcoder.workspace;

import java.util.Set;

/**
 * What is taken of a change.
 *
 * @param hunks their numbers, from 0; all of them for one that is not divisible
 */
public record Choice(FileChange change, Set<Integer> hunks) {
    public Choice {
        hunks = Set.copyOf(hunks);
    }

    boolean whole() {
        return !change.divisible() || hunks.size() == change.hunks();
    }
}
