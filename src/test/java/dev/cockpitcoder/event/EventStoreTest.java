package dev.cockpitcoder.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.persistence.Databases;

import static org.assertj.core.api.Assertions.assertThat;

class EventStoreTest {
    private final UUID session = UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(Databases.class)
    void eventsAreReadInOrderFromWhereAClientLeftOff(Databases database) {
        for (long seq : new long[] {3, 1, 2, 5, 4}) {
            add(database, session, seq, "{\"seq\":" + seq + "}");
        }
        add(database, UUID.randomUUID(), 7, "{}");

        assertThat(seqs(database, 0, 100)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(seqs(database, 2, 2)).containsExactly(3L, 4L);
        assertThat(seqs(database, 5, 100)).isEmpty();
        long head = in(database, store -> store.head(session));
        assertThat(head).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void whatIsOfATimeAndLaterIsFound(Databases database) {
        Instant asked = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        addAll(database, session, 1, 3, asked.minusMillis(1));
        addAll(database, session, 4, 6, asked);

        assertThat((long) in(database, store -> store.before(session, asked))).isEqualTo(3);
        assertThat((long) in(database, store -> store.before(session, asked.plusMillis(1))))
                .isEqualTo(6);
        assertThat((long) in(database, store -> store.before(UUID.randomUUID(), asked)))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aResumePointThatIsGoneIsTold(Databases database) {
        addAll(database, session, 1, 9, Instant.now());
        in(database, store -> {
            store.trim(session, 5);
            return null;
        });
        addAll(database, UUID.randomUUID(), 1, 2, Instant.now());

        EventPage page = in(database, store -> store.page(session, 2, 3));

        assertThat(page.reset().orElseThrow().oldest()).isEqualTo(6);
        assertThat(page.reset().orElseThrow().head()).isEqualTo(9);
        assertThat(page.reset().orElseThrow().content()).contains("Events 3 to 5");
        assertThat(page.next()).isEqualTo(8);
        assertThat(seqs(database, 2, 3)).containsExactly(6L, 7L, 8L);
        assertThat(in(database, store -> store.page(session, 5, 3)).reset()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aResumePointThatIsNotThereYetIsTold(Databases database) {
        EventPage none = in(database, store -> store.page(session, 7, 10));
        assertThat(none.reset().orElseThrow().oldest()).isEqualTo(1);
        assertThat(none.next()).isZero();

        addAll(database, session, 3, 4, Instant.now());
        EventPage page = in(database, store -> store.page(session, 5, 10));

        assertThat(page.reset().orElseThrow().oldest()).isEqualTo(3);
        assertThat(page.reset().orElseThrow().head()).isEqualTo(4);
        assertThat(page.events()).hasSize(2);
        assertThat(in(database, store -> store.page(session, 4, 10)).reset()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void oldEventsAreForgottenButNotWhereALiveSequenceGoesOn(Databases database) {
        Instant now = Instant.now();
        UUID live = codingSession(database, null);
        UUID ended = codingSession(database, 2L);
        addAll(database, live, 1, 3, now.minusSeconds(100));
        addAll(database, ended, 1, 3, now.minusSeconds(100));
        addAll(database, session, 1, 3, now);

        in(database, store -> {
            store.purge(now.minusSeconds(50));
            return null;
        });

        assertThat(in(database, store -> store.page(live, 2, 10)).events()).hasSize(1);
        assertThat(in(database, store -> store.page(live, 0, 10))
                        .reset()
                        .orElseThrow()
                        .oldest())
                .isEqualTo(3);
        assertThat(in(database, store -> store.page(ended, 0, 10)).events()).isEmpty();
        assertThat(seqs(database, 0, 10)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void aSessionWithoutEventsBeginsAtZero(Databases database) {
        long head = in(database, store -> store.head(session));
        assertThat(head).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void theLongestEventFits(Databases database) {
        String json = "{\"content\":\"" + "€".repeat(60_000) + "\"}";
        add(database, session, 1, json);

        String read =
                in(database, store -> store.page(session, 0, 1).events().get(0).json());
        assertThat(read).isEqualTo(json);
    }

    private List<Long> seqs(Databases database, long after, int limit) {
        return in(database, store -> store.page(session, after, limit).events().stream()
                .map(StoredEvent::seq)
                .toList());
    }

    private static UUID codingSession(Databases database, Long endedAt) {
        UUID id = UUID.randomUUID();
        database.inTransaction(entities -> entities.createNativeQuery("INSERT INTO coding_session "
                        + "(id, owner, repo, label, via, created_at, expires_at, ended_at) VALUES (?, 'o', '/r', 'l', 'v', 1, 3, "
                        + endedAt + ")")
                .setParameter(1, id.toString())
                .executeUpdate());
        return id;
    }

    private static void addAll(Databases database, UUID session, long first, long last, Instant at) {
        for (long seq = first; seq <= last; seq++) {
            add(database, session, seq, at, "{}");
        }
    }

    private static void add(Databases database, UUID session, long seq, String json) {
        add(database, session, seq, Instant.now(), json);
    }

    private static void add(Databases database, UUID session, long seq, Instant at, String json) {
        in(database, store -> {
            store.add(new StoredEvent(session.toString(), seq, at, json));
            return seq;
        });
    }

    private static <T> T in(Databases database, Function<EventStore, T> work) {
        return database.inTransaction(entities -> work.apply(new EventStore(entities)));
    }
}
