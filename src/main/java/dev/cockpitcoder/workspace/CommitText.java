package dev.cockpitcoder.workspace;

import java.util.Map;

/** What a commit says of itself. */
public record CommitText(String message, String authorName, String authorEmail) {
    Map<String, String> variables() {
        return Map.of(
                "GIT_AUTHOR_NAME", authorName,
                "GIT_AUTHOR_EMAIL", authorEmail,
                "GIT_COMMITTER_NAME", authorName,
                "GIT_COMMITTER_EMAIL", authorEmail);
    }
}
