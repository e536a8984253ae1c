package dev.cockpitcoder.agent;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What an agent may not do before somebody says so.
 *
 * @param title what it wants to do, for people
 * @param answer completed once, with the option that is chosen; empty when nobody chooses any more
 */
public record Question(UUID id, String title, List<Option> options, CompletableFuture<Optional<String>> answer) {
    /** @param kind of the Agent Client Protocol, such as {@code allow_once} */
    public record Option(String id, String name, String kind) {}

    public Question {
        options = List.copyOf(options);
    }

    static Question of(String title, List<Option> options) {
        return new Question(UUID.randomUUID(), title, options, new CompletableFuture<>());
    }

    /** @return false when it was answered before */
    public boolean answer(boolean allowed) {
        return answer.complete(option(allowed));
    }

    /** Nobody answers it any more. */
    public void cancel() {
        answer.complete(Optional.empty());
    }

    /** The least there is: for once rather than for always. */
    Optional<String> option(boolean allowed) {
        String wanted = allowed ? "allow" : "reject";
        return Stream.of(wanted + "_once", wanted + "_always")
                .flatMap(kind -> options.stream().filter(option -> option.kind().equals(kind)))
                .map(Option::id)
                .findFirst();
    }
}
