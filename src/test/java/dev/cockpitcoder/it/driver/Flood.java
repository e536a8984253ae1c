package dev.cockpitcoder.it.driver;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import jakarta.json.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs that write, one after the other in each of some threads: some forty events a second from each. */
public final class Flood implements AutoCloseable {
    private static final long MOST_SECONDS = 120;
    private static final int TOO_MANY = 429;

    private final CodingSession session;
    private final ExecutorService threads;
    private volatile boolean over;

    public Flood(CodingSession session, int writers) {
        this.session = session;
        this.threads = Executors.newFixedThreadPool(writers);
        IntStream.range(0, writers).forEach(i -> threads.execute(this::write));
    }

    /** Waits until the session has so many events. */
    public void until(int events) {
        Eventually.holds(() -> events + " events", Duration.ofSeconds(MOST_SECONDS), () -> head() >= events);
    }

    public int head() {
        return session.cockpit()
                .get(session.token(), "/api/events?limit=1")
                .expect(200)
                .json()
                .getInt("head");
    }

    /** Programs keep their place while their output is told: it goes on when there is one again. */
    private void write() {
        while (!over) {
            Answer answer = session.cockpit()
                    .post(
                            session.token(),
                            "/api/cmd",
                            Json.createObjectBuilder()
                                    .add("cmd", "seq 1 200000")
                                    .build());
            if (answer.status() == TOO_MANY) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            } else {
                answer.expect(200);
            }
        }
    }

    /** Lets the programs end. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            assertThat(threads.awaitTermination(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
