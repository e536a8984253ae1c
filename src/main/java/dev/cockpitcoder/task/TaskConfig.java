package dev.cockpitcoder.task;

import java.time.Duration;

import dev.cockpitcoder.server.Settings;

/**
 * @param maxInAll {@code TASK_MAX}: running tasks; the others wait
 * @param maxPerRepository {@code TASK_MAX_PER_REPO}: running tasks
 * @param maxWaiting {@code TASK_QUEUE_MAX}: waiting tasks
 * @param retention {@code TASK_RETENTION_DAYS}: how long the working copy of a task that rests is kept
 * @param offersRefs {@code TASK_REFS_IN_REPO}: whether the work of a task is also at {@code refs/cockpit/tasks/<id>} of the repository
 * @param patience {@code APPROVAL_TIMEOUT_SECONDS}: how long a question of an agent waits before the answer is no
 */
record TaskConfig(
        int maxInAll, int maxPerRepository, int maxWaiting, Duration retention, boolean offersRefs, Duration patience) {
    TaskConfig(int maxInAll, int maxPerRepository, int maxWaiting, Duration retention, Duration patience) {
        this(maxInAll, maxPerRepository, maxWaiting, retention, false, patience);
    }

    static TaskConfig read(Settings settings) {
        return new TaskConfig(
                (int) settings.number("TASK_MAX", 4, 1, 100),
                (int) settings.number("TASK_MAX_PER_REPO", 2, 1, 100),
                (int) settings.number("TASK_QUEUE_MAX", 100, 1, 10_000),
                Duration.ofDays(settings.number("TASK_RETENTION_DAYS", 30, 1, 3650)),
                settings.flag("TASK_REFS_IN_REPO", false),
                settings.seconds(
                        "APPROVAL_TIMEOUT_SECONDS", Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofDays(7)));
    }
}
