package dev.cockpitcoder.command;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A command that was started by this server and whose end may not be stored yet.
 *
 * @param done completed with its last view
 */
record RunningCommand(StoredCommand stored, Execution execution, OutputFeed feed, CompletableFuture<CommandView> done) {
    UUID id() {
        return stored.id();
    }

    boolean isOf(UUID sessionId) {
        return stored.sessionId().equals(sessionId);
    }

    boolean runs() {
        return !done.isDone();
    }

    CommandView view() {
        CommandView last = done.getNow(null);
        return last == null ? CommandView.running(stored, execution.output()) : last;
    }
}
