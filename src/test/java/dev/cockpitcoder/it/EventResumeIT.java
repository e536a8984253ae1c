package dev.cockpitcoder.it;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;

import jakarta.json.JsonObject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.EventSource;
import dev.cockpitcoder.it.driver.Flood;
import dev.cockpitcoder.it.driver.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose network fails at random misses nothing. Longer, or as it was once: {@code -Devents.seconds=600 -Devents.seed=1}.
 */
class EventResumeIT extends Deployed {
    private static final Logger LOG = Logger.getLogger(EventResumeIT.class.getName());
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("events.seconds", 6));
    private static final long SEED = Long.getLong("events.seed", System.nanoTime());
    private static final int MOST_BETWEEN_FAILURES = 12;
    private static final String LAST = "this is the last one";

    private enum Transport {
        WEB_SOCKET {
            @Override
            Reader open(CuttableProxy network, CodingSession session, int after) {
                String url = "ws" + network.base().substring("http".length()) + "/ws/events?" + session.query()
                        + "&resumeSeq=" + after;
                Socket socket = Socket.open(url);
                return new Reader() {
                    @Override
                    public JsonObject next() {
                        Socket.Message message = socket.next();
                        return message.isClose() ? null : message.json();
                    }

                    @Override
                    public void close() {
                        socket.close();
                    }
                };
            }
        },
        SERVER_SENT_EVENTS {
            @Override
            Reader open(CuttableProxy network, CodingSession session, int after) throws IOException {
                EventSource stream = EventSource.open(
                        network.base(), session.token(), "/api/events", "Last-Event-ID", Integer.toString(after));
                return new Reader() {
                    @Override
                    public JsonObject next() {
                        return stream.next().data();
                    }

                    @Override
                    public void close() {
                        stream.close();
                    }
                };
            }
        };

        abstract Reader open(CuttableProxy network, CodingSession session, int after) throws IOException;
    }

    private interface Reader extends AutoCloseable {
        /** Null when the connection is over. */
        JsonObject next();

        @Override
        void close();
    }

    private final List<JsonObject> received = new ArrayList<>();
    private int connections;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aClientThatFailsAtRandomHasEveryEventOnce(Transport transport) throws Exception {
        Random random = new Random(SEED);
        CodingSession session = cockpit.session(REPO.path());
        try (CuttableProxy network =
                new CuttableProxy(URI.create(cockpit.base()).getPort())) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(session));
            while (!over()) {
                readAndFail(transport, network, session, random);
            }
            writing.join();
        }

        LOG.info(() ->
                transport + ", seed " + SEED + ": " + received.size() + " events over " + connections + " connections");
        assertThat(received).last().satisfies(last -> assertThat(last.getString("content"))
                .isEqualTo(LAST));
        assertThat(stored(session)).isNotEmpty().allSatisfy(event -> assertThat(event)
                .isEqualTo(received.get(event.getInt("seq") - 1)));
    }

    private void write(CodingSession session) {
        long end = System.nanoTime() + LENGTH.toNanos();
        try (Flood flood = new Flood(session, 2)) {
            while (System.nanoTime() < end) {
                // beside the programs, which write on
                session.openPty().close();
                flood.head();
            }
        }
        try (Socket socket = session.openEvents("")) {
            socket.send("{\"type\":\"user_message\",\"content\":\"" + LAST + "\"}")
                    .next();
        }
    }

    private boolean over() {
        return !received.isEmpty()
                && received.get(received.size() - 1).getString("content").equals(LAST);
    }

    private void readAndFail(Transport transport, CuttableProxy network, CodingSession session, Random random)
            throws IOException {
        connections++;
        int last = received.size();
        try (Reader reader = transport.open(network, session, last)) {
            int count = random.nextInt(MOST_BETWEEN_FAILURES);
            for (int i = 0; i < count && !over(); i++) {
                JsonObject event = reader.next();
                assertThat(event).as("after %s, seed %s", last, SEED).isNotNull();
                last++;
                assertThat(event.getInt("seq", -1))
                        .as("seed %s: %s", SEED, event)
                        .isEqualTo(last);
                received.add(event);
            }
            if (random.nextBoolean()) {
                network.cut();
                network.mend();
            }
        }
    }

    private List<JsonObject> stored(CodingSession session) {
        List<JsonObject> events = new ArrayList<>();
        for (int after = 0, read = 1; read > 0; ) {
            JsonObject page = cockpit.get(session.token(), "/api/events?after=" + after)
                    .expect(200)
                    .json();
            page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                    .filter(event -> event.getInt("seq") <= received.size())
                    .forEach(events::add);
            after = page.getInt("next");
            read = page.getJsonArray("events").size();
        }
        return events;
    }
}
