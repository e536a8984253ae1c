package dev.cockpitcoder.event;

import java.time.Instant;
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
        for (long seq : new long[] {3, 1, 2, 11, 10}) {
            add(database, session, seq, "{\"seq\":" + seq + "}");
        }
        add(database, UUID.randomUUID(), 7, "{}");

        assertThat(seqs(database, 0, 100)).containsExactly(1L, 2L, 3L, 10L, 11L);
        assertThat(seqs(database, 2, 2)).containsExactly(3L, 10L);
        assertThat(seqs(database, 11, 100)).isEmpty();
        long head = in(database, store -> store.head(session));
        assertThat(head).isEqualTo(11);
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

        String read = in(database, store -> store.after(session, 0, 1).get(0).json());
        assertThat(read).isEqualTo(json);
    }

    private List<Long> seqs(Databases database, long after, int limit) {
        return in(database, store -> store.after(session, after, limit).stream()
                .map(StoredEvent::seq)
                .toList());
    }

    private static void add(Databases database, UUID session, long seq, String json) {
        in(database, store -> {
            store.add(new StoredEvent(session.toString(), seq, Instant.now(), json));
            return seq;
        });
    }

    private static <T> T in(Databases database, Function<EventStore, T> work) {
        return database.inTransaction(entities -> work.apply(new EventStore(entities)));
    }
}
