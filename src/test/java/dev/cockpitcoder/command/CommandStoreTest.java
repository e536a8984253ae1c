package dev.cockpitcoder.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.persistence.Databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandStoreTest {
    private final UUID session = UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void anEndedCommandIsReadBackAsItWas(Databases database) {
        StoredCommand stored = add(database, "git status", null);
        String output = "Grüße 🚀\0\n".repeat(50_000);
        Result result = result(Phase.FAILED, 1, output);

        end(database, stored, result);
        end(database, stored, result(Phase.COMPLETED, 0, "a second end changes nothing"));

        stored.end(result);
        StoredCommand read =
                in(database, store -> store.find(session, stored.id()).orElseThrow());
        Optional<String> text = in(database, store -> store.output(stored.id()));
        Optional<StoredCommand> ofAnother = in(database, store -> store.find(UUID.randomUUID(), stored.id()));
        assertThat(read).usingRecursiveComparison().isEqualTo(stored);
        assertThat(text).contains(output.replace('\0', '\uFFFD'));
        assertThat(ofAnother).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void oneThatNeverBeganEndsWithoutACode(Databases database) {
        StoredCommand stored = add(database, "git status", null);

        end(database, stored, new Result(Phase.CANCELLED, null, Duration.ZERO, "", false, 0, 0));

        StoredCommand read =
                in(database, store -> store.find(session, stored.id()).orElseThrow());
        assertThat(read).usingRecursiveComparison().isEqualTo(stored);
        assertThat(read.code()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void theHistoryIsPagedNewestFirst(Databases database) {
        List<UUID> all = IntStream.range(0, 7)
                .mapToObj(i -> add(database, "command " + i, null).id())
                .toList();
        add(database, UUID.randomUUID(), "another session's", null);

        List<StoredCommand> first = in(database, store -> store.page(session, null, 4));
        List<StoredCommand> second = in(database, store -> store.page(session, first.get(3), 4));
        List<StoredCommand> third = in(database, store -> store.page(session, second.get(2), 4));

        assertThat(first).hasSize(4);
        assertThat(second).hasSize(3);
        assertThat(third).isEmpty();
        assertThat(first).isSortedAccordingTo((one, other) -> other.startedAt().compareTo(one.startedAt()));
        assertThat(IntStream.range(0, 7).mapToObj(i -> (i < 4 ? first.get(i) : second.get(i - 4)).id()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aKeyIsForOneCommandOfASession(Databases database) {
        StoredCommand stored = add(database, "one", "key");
        add(database, UUID.randomUUID(), "one", "key");
        add(database, "two", null);
        add(database, "three", null);

        Optional<StoredCommand> found = in(database, store -> store.byKey(session, "key"));

        assertThat(found).map(StoredCommand::id).contains(stored.id());
        assertThatThrownBy(() -> add(database, "two", "key")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whatRanWhenTheServerDiedIsInterrupted(Databases database) {
        StoredCommand running = add(database, "sleep 30", null);
        StoredCommand ended = add(database, "true", null);
        end(database, ended, result(Phase.COMPLETED, 0, ""));

        int interrupted = in(database, store -> store.interruptRunning(Instant.now()));

        Phase now = in(
                database,
                store -> store.find(session, running.id()).orElseThrow().phase());
        Phase other = in(
                database, store -> store.find(session, ended.id()).orElseThrow().phase());
        assertThat(interrupted).isPositive();
        assertThat(now).isEqualTo(Phase.INTERRUPTED);
        assertThat(now.status()).isEqualTo("failed");
        assertThat(other).isEqualTo(Phase.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whatEndedLongAgoIsForgottenWithItsOutput(Databases database) {
        StoredCommand ended = add(database, "true", null);
        StoredCommand running = add(database, "sleep 30", null);
        end(database, ended, result(Phase.COMPLETED, 0, "x"));

        in(database, store -> store.purge(Instant.now().plusSeconds(60)));

        Optional<StoredCommand> forgotten = in(database, store -> store.find(session, ended.id()));
        Optional<String> output = in(database, store -> store.output(ended.id()));
        Optional<StoredCommand> kept = in(database, store -> store.find(session, running.id()));
        assertThat(forgotten).isEmpty();
        assertThat(output).isEmpty();
        assertThat(kept).isPresent();
    }

    private static Result result(Phase phase, int code, String output) {
        return new Result(phase, code, Duration.ofMillis(12), output, true, 7, 5_000_000_000L);
    }

    private StoredCommand add(Databases database, String cmd, String key) {
        return add(database, session, cmd, key);
    }

    private static StoredCommand add(Databases database, UUID session, String cmd, String key) {
        StoredCommand command = new StoredCommand(session, "owner", key, cmd, Path.of("/srv/repo"), null);
        in(database, store -> {
            store.add(command);
            return command;
        });
        return command;
    }

    private static void end(Databases database, StoredCommand command, Result result) {
        in(database, store -> {
            command.end(result);
            store.end(command, result.output());
            return result;
        });
    }

    private static <T> T in(Databases database, Function<CommandStore, T> work) {
        return database.inTransaction(entities -> work.apply(new CommandStore(entities)));
    }
}
