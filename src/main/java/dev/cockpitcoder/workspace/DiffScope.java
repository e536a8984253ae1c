package dev.cockpitcoder.workspace;

/** Which of the changes that are not committed a diff shows. */
public enum DiffScope {
    /** The working tree against HEAD. */
    ALL,
    /** The index against HEAD. */
    STAGED,
    /** The working tree against the index. */
    UNSTAGED
}
