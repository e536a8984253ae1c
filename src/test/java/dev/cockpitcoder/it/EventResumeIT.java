package dev.cockpitcoder.it;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.LongStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.EventSource;
import dev.cockpitcoder.it.driver.Flood;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose network fails at random misses nothing. Longer, or as it was once: {@code -Devents.seconds=600 -Devents.seed=1}.
 */
class EventResumeIT extends Deployed {
    private static final Logger LOG = Logger.getLogger(EventResumeIT.class.getName());
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("events.seconds", 6));
    private static final long SEED = Long.getLong("events.seed", System.nanoTime());
    private static final int CLIENTS = Integer.getInteger("events.clients", 3);
    private static final int MOST_BETWEEN_FAILURES = 12;
    private static final String LAST = "this is the last one";
    private static final String OVER = "the connection ended by itself";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private enum Transport {
        WEB_SOCKET {
            @Override
            Reader open(CuttableProxy network, CodingSession session, int after) throws IOException {
                URI url = URI.create(network.base() + "/ws/events?" + session.query() + "&resumeSeq=" + after);
                BlockingQueue<String> received = new LinkedBlockingQueue<>();
                Wire wire = Wire.connect(url, Map.of());
                wire.listen(new Wire.Listener() {
                    @Override
                    public void frame(int opcode, byte[] payload, int length) {
                        received.add(new String(payload, 0, length, StandardCharsets.UTF_8));
                    }

                    @Override
                    public void over() {
                        received.add(OVER);
                    }
                });
                return new Reader() {
                    @Override
                    public JsonObject next() {
                        return json(received);
                    }

                    @Override
                    public void close() throws IOException {
                        wire.close();
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
        JsonObject next();

        @Override
        void close() throws IOException;
    }

    private static JsonObject json(BlockingQueue<String> received) {
        try {
            String text = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(text).isNotNull().isNotEqualTo(OVER);
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void clientsThatFailAtRandomHaveEveryEventOnce(Transport transport) throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<?> writing = threads.submit(() -> write(session));
            List<Client> clients = LongStream.range(SEED, SEED + CLIENTS)
                    .mapToObj(seed -> new Client(transport, session, seed))
                    .toList();
            List<Future<?>> reading =
                    clients.stream().<Future<?>>map(threads::submit).toList();
            for (Future<?> one : reading) {
                one.get();
            }
            writing.get();
            List<JsonObject> stored = stored(session);
            for (Client client : clients) {
                LOG.info(() -> transport + ", " + client);
                client.hasAll(stored);
            }
        } finally {
            threads.shutdownNow();
        }
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

    private List<JsonObject> stored(CodingSession session) {
        List<JsonObject> events = new ArrayList<>();
        for (int after = 0, read = 1; read > 0; ) {
            JsonObject page = cockpit.get(session.token(), "/api/events?after=" + after)
                    .expect(200)
                    .json();
            page.getJsonArray("events").getValuesAs(JsonObject.class).stream().forEach(events::add);
            after = page.getInt("next");
            read = page.getJsonArray("events").size();
        }
        return events;
    }

    private final class Client implements Callable<Void> {
        private final Transport transport;
        private final CodingSession session;
        private final long seed;
        private final List<JsonObject> received = new ArrayList<>();
        private int connections;

        Client(Transport transport, CodingSession session, long seed) {
            this.transport = transport;
            this.session = session;
            this.seed = seed;
        }

        @Override
        public Void call() throws IOException {
            Random random = new Random(seed);
            try (CuttableProxy network =
                    new CuttableProxy(URI.create(cockpit.base()).getPort())) {
                while (!over()) {
                    readAndFail(network, random);
                }
            }
            return null;
        }

        private void readAndFail(CuttableProxy network, Random random) throws IOException {
            connections++;
            try (Reader reader = transport.open(network, session, received.size())) {
                int count = random.nextInt(MOST_BETWEEN_FAILURES);
                for (int i = 0; i < count && !over(); i++) {
                    JsonObject event = reader.next();
                    assertThat(event.getInt("seq", -1))
                            .as("event %s of connection %s, seed %s: %s", i, connections, seed, event)
                            .isEqualTo(received.size() + 1);
                    received.add(event);
                }
                if (random.nextBoolean()) {
                    network.cut();
                    network.mend();
                }
            }
        }

        private boolean over() {
            return !received.isEmpty()
                    && received.get(received.size() - 1).getString("content").equals(LAST);
        }

        void hasAll(List<JsonObject> stored) {
            assertThat(stored)
                    .filteredOn(event -> event.getInt("seq") <= received.size())
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event).isEqualTo(received.get(event.getInt("seq") - 1)));
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + received.size() + " events over " + connections + " connections";
        }
    }
}
