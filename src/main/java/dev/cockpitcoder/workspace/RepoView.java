package dev.cockpitcoder.workspace;

import java.nio.file.Path;

/**
 * What is known of a repository.
 *
 * @param branch null when HEAD is detached
 * @param head the commit's full id; null before the first commit
 * @param dirty whether anything is changed or untracked; null when it took too long to find out
 */
public record RepoView(String path, String name, String branch, String head, Boolean dirty) {
    /** What people call a repository: its last path component. */
    public static String nameOf(Path repository) {
        Path last = repository.getFileName();
        return last == null ? repository.toString() : last.toString();
    }
}
