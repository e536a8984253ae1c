package dev.cockpitcoder.event;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents();

    @Test
    void whoReadsAlongGetsWhatFollowsAndNothingElse() {
        add(7, 8, 9);

        assertThat(seqs(6, 10)).containsExactly(7L, 8L, 9L);
        assertThat(seqs(7, 10)).containsExactly(8L, 9L);
        assertThat(seqs(6, 2)).containsExactly(7L, 8L);
        assertThat(seqs(9, 10)).isEmpty();
    }

    @Test
    void whatIsNotKnownHereIsAskedOfTheDatabase() {
        assertThat(recent.after(0, 10)).isEmpty();
        add(7, 8, 9);
        assertThat(recent.after(5, 10)).as("before the oldest").isEmpty();
        assertThat(recent.after(10, 10)).as("beyond the newest").isEmpty();
        recent.clear();
        assertThat(recent.after(8, 10)).as("after a failure").isEmpty();
    }

    @Test
    void itIsBoundedInNumberAndInCharacters() {
        for (long seq = 1; seq <= 1000; seq++) {
            recent.add(event(seq, "x"));
        }
        assertThat(recent.after(1000 - 257, 1000)).isEmpty();
        assertThat(seqs(1000 - 256, 1000)).hasSize(256);
        for (long seq = 1001; seq <= 1020; seq++) {
            recent.add(event(seq, "x".repeat(65_000)));
        }
        assertThat(recent.after(1015, 1000)).isEmpty();
        assertThat(seqs(1016, 1000)).containsExactly(1017L, 1018L, 1019L, 1020L);
    }

    private void add(long... seqs) {
        for (long seq : seqs) {
            recent.add(event(seq, "{}"));
        }
    }

    private List<Long> seqs(long after, int limit) {
        return recent.after(after, limit).orElseThrow().stream()
                .map(StoredEvent::seq)
                .toList();
    }

    private static StoredEvent event(long seq, String json) {
        return new StoredEvent("00000000-0000-0000-0000-000000000000", seq, Instant.EPOCH, json);
    }
}
