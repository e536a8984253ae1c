package dev.cockpitcoder.workspace;

/**
 * A commit that is made, and the branch it is for: it has landed once the branch has moved there.
 *
 * @param before where the branch must be; null for a branch without a commit
 * @param after where it goes; null when its only commit is taken back
 */
public record Landing(String branch, String before, String after) {
    Landing back() {
        return new Landing(branch, after, before);
    }
}
