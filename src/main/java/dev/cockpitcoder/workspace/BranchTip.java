package dev.cockpitcoder.workspace;

/**
 * Where a branch stands.
 *
 * @param commit null before its first commit
 */
public record BranchTip(String branch, String commit) {}
