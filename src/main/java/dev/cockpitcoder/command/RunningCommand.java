package dev.cockpitcoder.command;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A command that was started by this server and that it still has something to do with.
 *
 * @param done completed with its last view
 * @param recorded completed when its end is stored
 */
record RunningCommand(
        StoredCommand stored,
        Execution execution,
        OutputFeed feed,
        CompletableFuture<CommandView> done,
        CompletableFuture<Void> recorded) {
    UUID id() {
        return stored.id();
    }

    boolean isOf(UUID sessionId) {
        return stored.sessionId().equals(sessionId);
    }

    /** An ended command keeps its place while much of its output is not told: else commands write faster than events are stored. */
    boolean takesPlace() {
        return !feed.caughtUp().isDone();
    }

    CommandView view() {
        CommandView last = done.getNow(null);
        return last == null ? CommandView.running(stored, execution.output()) : last;
    }
}
