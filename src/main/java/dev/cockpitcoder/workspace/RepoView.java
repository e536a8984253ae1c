package dev.cockpitcoder.workspace;

/**
 * What is known of a repository.
 *
 * @param branch null when HEAD is detached
 * @param head the commit's full id; null before the first commit
 * @param dirty whether anything is changed or untracked; null when it took too long to find out
 */
public record RepoView(String path, String name, String branch, String head, Boolean dirty) {}
