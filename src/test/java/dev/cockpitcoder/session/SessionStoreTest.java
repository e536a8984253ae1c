package dev.cockpitcoder.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.persistence.Databases;

import static org.assertj.core.api.Assertions.assertThat;

class SessionStoreTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final String owner = "owner-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void storedSessionIsReadBackAsItWas(Databases database) {
        CodingSession stored = add(database, session("Grüße 🚀", NOW.plusSeconds(60)));

        CodingSession read = in(database, store -> store.find(stored.id()).orElseThrow());

        assertThat(read).usingRecursiveComparison().isEqualTo(stored);
        assertThat(read.isLive(NOW)).isTrue();
        assertThat(read.isLive(NOW.plusSeconds(60))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void ownersSeeTheirLiveSessionsNewestFirst(Databases database) {
        CodingSession older = add(
                database,
                new CodingSession(owner, Path.of("/r"), "older", "direct", NOW.minusSeconds(9), NOW.plusSeconds(60)));
        CodingSession newer = add(database, session("newer", NOW.plusSeconds(60)));
        add(database, session("expired", NOW));
        CodingSession ended = add(database, session("ended", NOW.plusSeconds(60)));
        end(database, ended.id());

        List<UUID> listed = in(database, store -> store.liveOf(owner, NOW).stream()
                .map(CodingSession::id)
                .toList());

        assertThat(listed).containsExactly(newer.id(), older.id());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void expiredSessionsAreFoundUntilTheyAreEnded(Databases database) {
        CodingSession expired = add(database, session("expired", NOW.minusSeconds(1)));
        CodingSession live = add(database, session("live", NOW.plusSeconds(60)));

        assertThat(expired(database)).contains(expired.id()).doesNotContain(live.id());

        end(database, expired.id());

        assertThat(expired(database)).doesNotContain(expired.id());
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void sessionsThatEndedLongAgoAreForgotten(Databases database) {
        CodingSession ended = add(database, session("ended", NOW.plusSeconds(60)));
        CodingSession live = add(database, session("live", NOW.plusSeconds(60)));
        end(database, ended.id());

        in(database, store -> store.purge(NOW.plus(Duration.ofDays(1))));

        Optional<CodingSession> forgotten = in(database, store -> store.find(ended.id()));
        Optional<CodingSession> kept = in(database, store -> store.find(live.id()));
        assertThat(forgotten).isEmpty();
        assertThat(kept).isPresent();
    }

    private CodingSession session(String label, Instant expiresAt) {
        return new CodingSession(owner, Path.of("/srv/repo"), label, "direct", NOW, expiresAt);
    }

    private static CodingSession add(Databases database, CodingSession session) {
        return in(database, store -> {
            store.add(session);
            return session;
        });
    }

    private static void end(Databases database, UUID id) {
        in(database, store -> {
            store.findForUpdate(id).orElseThrow().end(SessionEnded.Reason.CLOSED, NOW);
            return id;
        });
    }

    private static List<UUID> expired(Databases database) {
        return in(
                database,
                store -> store.expired(NOW).stream().map(CodingSession::id).toList());
    }

    private static <T> T in(Databases database, Function<SessionStore, T> work) {
        return database.inTransaction(entities -> work.apply(new SessionStore(entities)));
    }
}
