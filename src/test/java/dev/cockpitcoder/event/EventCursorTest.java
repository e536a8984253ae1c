package dev.cockpitcoder.event;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventCursorTest {
    private final UUID session = UUID.randomUUID();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final FakeOutlet outlet = new FakeOutlet();
    private long oldest = 1;
    private long head;

    @Test
    void everythingIsSentOnceAndInOrder() {
        EventCursor cursor = cursor(0);
        head = 250;
        cursor.wake();
        cursor.wake();
        work();
        head = 251;
        cursor.wake();
        work();

        assertThat(outlet.sent).isEqualTo(seqs(1, 251));
    }

    @Test
    void aClientThatDoesNotReadHoldsNoThreadAndGoesOnLater() {
        EventCursor cursor = cursor(0);
        head = 150;
        outlet.room = 120;
        cursor.wake();
        work();
        cursor.wake();
        work();
        assertThat(outlet.sent).isEqualTo(seqs(1, 120));

        outlet.room = 1000;
        cursor.wake();
        work();

        assertThat(outlet.sent).isEqualTo(seqs(1, 150));
    }

    @Test
    void theEndOfTheSessionComesAfterItsLastEvent() {
        EventCursor cursor = cursor(0);
        head = 3;
        outlet.room = 2;
        cursor.finish();
        work();
        assertThat(outlet.ending).isNull();

        outlet.room = 1000;
        cursor.wake();
        work();

        assertThat(outlet.sent).isEqualTo(seqs(1, 3));
        assertThat(outlet.ending).isEqualTo(Outlet.Ending.SESSION_ENDED);
    }

    @Test
    void whatIsForgottenBeforeTheClientGotItIsTold() {
        EventCursor cursor = cursor(0);
        head = 10;
        outlet.room = 4;
        cursor.wake();
        work();
        head = 60;
        oldest = 51;
        outlet.room = 1000;
        cursor.wake();
        work();

        List<String> expected = seqs(1, 4);
        expected.add("reset 51");
        expected.addAll(seqs(51, 60));
        assertThat(outlet.sent).isEqualTo(expected);
    }

    @Test
    void aClientAheadOfTheSequenceIsToldOnceAndGetsWhatComes() {
        EventCursor cursor = cursor(7);
        cursor.wake();
        work();
        cursor.wake();
        work();
        head = 1;
        cursor.wake();
        work();

        assertThat(outlet.sent).containsExactly("reset 1", "1");
    }

    @Test
    void aBrokenClientIsLetGo() {
        EventCursor cursor = cursor(0);
        head = 1;
        outlet.broken = true;
        cursor.wake();
        work();
        cursor.wake();

        assertThat(outlet.ending).isEqualTo(Outlet.Ending.BROKEN);
        assertThat(tasks).isEmpty();
    }

    private EventCursor cursor(long after) {
        return new EventCursor(outlet, session, after, this::page, tasks::add);
    }

    private EventPage page(UUID id, long after, int limit) {
        if (after > head) {
            return EventPage.of(Reset.beyond(after, oldest, head), events(oldest, limit));
        }
        return after + 1 < oldest
                ? EventPage.of(Reset.gone(after, oldest, head), events(oldest, limit))
                : EventPage.of(after, events(after + 1, limit));
    }

    private List<StoredEvent> events(long first, int limit) {
        return LongStream.rangeClosed(first, Math.min(head, first + limit - 1))
                .mapToObj(seq -> new StoredEvent(session.toString(), seq, Instant.EPOCH, "{}"))
                .toList();
    }

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static List<String> seqs(long first, long last) {
        return new ArrayList<>(
                LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList());
    }

    /** Takes as many frames as there is room for. */
    private static final class FakeOutlet implements Outlet {
        private final List<String> sent = new ArrayList<>();
        private int room = 1000;
        private boolean broken;
        private Ending ending;

        @Override
        public boolean ready() {
            return sent.size() < room;
        }

        @Override
        public void event(StoredEvent event) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            sent.add(Long.toString(event.seq()));
        }

        @Override
        public void notice(String json) {
            sent.add("reset " + json.replaceAll(".*\"oldest\":(\\d+).*", "$1"));
        }

        @Override
        public void keepAlive() {
            sent.add("alive");
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close(Ending why) {
            ending = why;
        }
    }
}
