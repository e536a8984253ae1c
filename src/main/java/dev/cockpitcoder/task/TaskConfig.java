package dev.cockpitcoder.task;

import java.time.Duration;

import dev.cockpitcoder.server.Settings;

/**
 * @param maxInAll {@code TASK_MAX}: running tasks; the others wait
 * @param maxPerRepository {@code TASK_MAX_PER_REPO}: running tasks
 * @param maxWaiting {@code TASK_QUEUE_MAX}: waiting tasks
 * @param retention {@code TASK_RETENTION_DAYS}: how long the working copy of a task that rests is kept
 */
record TaskConfig(int maxInAll, int maxPerRepository, int maxWaiting, Duration retention) {
    static TaskConfig read(Settings settings) {
        return new TaskConfig(
                (int) settings.number("TASK_MAX", 4, 1, 100),
                (int) settings.number("TASK_MAX_PER_REPO", 2, 1, 100),
                (int) settings.number("TASK_QUEUE_MAX", 100, 1, 10_000),
                Duration.ofDays(settings.number("TASK_RETENTION_DAYS", 30, 1, 3650)));
    }
}
