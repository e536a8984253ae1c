package dev.cockpitcoder.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.EventSource;
import dev.cockpitcoder.it.driver.Flood;
import dev.cockpitcoder.it.driver.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/** The events over HTTP: pages and Server-Sent Events; and what all readers are told when their resume point is gone. */
class EventStreamIT extends Deployed {
    private static final int MAX_READERS = 32;
    /** Beyond EVENTS_PER_SESSION of this server, and what may be kept more. */
    private static final int MORE_THAN_KEPT = 400;

    @Test
    void aPageIsWhatTheSocketSays() {
        CodingSession session = cockpit.session(REPO.path());
        session.openPty().close();
        List<JsonObject> frames = new ArrayList<>();
        try (Socket socket = session.openEvents("&resumeSeq=0")) {
            IntStream.range(0, 2).forEach(i -> frames.add(socket.next().json()));
        }

        JsonObject first = page(session, "?limit=1");
        JsonObject rest = page(session, "?after=" + first.getInt("next"));

        assertThat(first.getJsonArray("events").getValuesAs(JsonObject.class)).containsExactly(frames.get(0));
        assertThat(rest.getJsonArray("events").getValuesAs(JsonObject.class)).containsExactly(frames.get(1));
        assertThat(first.getInt("head")).isEqualTo(2);
        assertThat(rest.getInt("next")).isEqualTo(2);
        assertThat(first).doesNotContainKey("reset");
        assertThat(page(session, "?after=2").getJsonArray("events")).isEmpty();
    }

    @Test
    void readersThatDoNotReadHoldUpNobody() throws IOException {
        List<CodingSession> sessions =
                Stream.generate(() -> cockpit.session(REPO.path())).limit(3).toList();
        List<java.net.Socket> stuck = new ArrayList<>();
        List<Flood> floods = new ArrayList<>();
        try {
            for (CodingSession session : sessions) {
                for (int i = 0; i < MAX_READERS - 2; i++) {
                    stuck.add(neverReading(session));
                }
                floods.add(new Flood(session, 1));
            }
            for (int i = 0; i < sessions.size(); i++) {
                floods.get(i).until(100);
                try (EventSource reader =
                        EventSource.open(cockpit.base(), sessions.get(i).token(), "/api/events?after=0")) {
                    for (int seq = 1; seq <= 50; seq++) {
                        assertThat(reader.next().data().getInt("seq")).isEqualTo(seq);
                    }
                }
            }
        } finally {
            floods.forEach(Flood::close);
            for (java.net.Socket socket : stuck) {
                socket.close();
            }
        }
    }

    /** A client that asks for the stream and then leaves it in the network. */
    private java.net.Socket neverReading(CodingSession session) throws IOException {
        URI server = URI.create(cockpit.base());
        java.net.Socket socket = new java.net.Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        String request = "GET /api/events?after=0 HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + session.token() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        CodingSession session = cockpit.session(REPO.path());
        for (String query : List.of("?after=-1", "?after=x", "?after=", "?limit=0", "?limit=201", "?limit=x")) {
            cockpit.get(session.token(), "/api/events" + query).expectProblem(422);
        }
        String[] stream = {"Accept", "text/event-stream"};
        cockpit.get(session.token(), "/api/events?after=x", stream).expectProblem(422);
        cockpit.get(null, "/api/events", stream).expectProblem(401);
        cockpit.get(cockpit.operator(), "/api/events").expectProblem(403);
        cockpit.get(cockpit.operator(), "/api/events", stream).expectProblem(403);
        cockpit.get(null, "/api/events?token=" + session.token(), stream).expectProblem(401);
    }

    @Test
    void aStreamRepeatsThenGoesLiveAndEndsWithTheSession() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        try (EventSource stream = open(session, "")) {
            assertThat(stream.nextOfAll().comment() || stream.nextOfAll().comment())
                    .as("a sign of life at once")
                    .isTrue();
            session.openPty().close();
            session.end().expect(200);
            List<EventSource.Event> rest = new ArrayList<>();
            for (EventSource.Event event = stream.next(); !event.isEnd(); event = stream.next()) {
                assertThat(event.id()).isEqualTo(Integer.toString(event.data().getInt("seq")));
                rest.add(event);
            }
            assertThat(rest.get(rest.size() - 1).data().getString("phase")).isEqualTo("session.ended");
        }
        cockpit.get(session.token(), "/api/events", "Accept", "text/event-stream")
                .expectProblem(401);
    }

    @Test
    void aStreamGoesOnAfterTheLastEventId() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        session.openPty().close();
        try (EventSource stream = open(session, "?after=0", "Last-Event-ID", "1")) {
            assertThat(stream.next().id()).isEqualTo("2");
        }
        try (EventSource stream = open(session, "?after=1")) {
            assertThat(stream.next().id()).isEqualTo("2");
        }
    }

    @Test
    void anIdleStreamShowsThatItLives() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        try (EventSource stream = open(session, "?after=1")) {
            for (int i = 0; i < 2; i++) {
                long before = System.nanoTime();
                assertThat(stream.nextOfAll().comment()).isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            }
        }
    }

    @Test
    void aSessionHasOnlySoManyReaders() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        List<AutoCloseable> readers = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_READERS; i++) {
                readers.add(i % 2 == 0 ? session.openEvents("") : open(session, ""));
            }
            Answer refused = cockpit.get(session.token(), "/api/events", "Accept", "text/event-stream");
            refused.expectProblem(429);
            assertThat(refused.header("Retry-After")).isNotNull();
            try (Socket socket = session.openEvents("")) {
                assertThat(socket.next().json().getString("type")).isEqualTo("error");
                assertThat(socket.awaitClose().closeCode()).isEqualTo(4429);
            }
            cockpit.get(session.token(), "/api/events").expect(200);
        } finally {
            for (AutoCloseable reader : readers) {
                closeQuietly(reader);
            }
        }
    }

    @Test
    void readersThatVanishedMakeRoom() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        for (int i = 0; i < MAX_READERS; i++) {
            open(session, "").close();
        }
        try (Flood flood = new Flood(session, 1);
                EventSource another = open(session, "")) {
            flood.until(1);
            assertThat(another.next().id()).isEqualTo("1");
        }
    }

    @Test
    void aResumePointThatIsGoneIsTold() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        try (Flood flood = new Flood(session, 3)) {
            flood.until(MORE_THAN_KEPT);
        }
        JsonObject page = page(session, "?after=2&limit=1");
        JsonObject reset = page.getJsonObject("reset");
        int oldest = reset.getInt("oldest");
        assertThat(reset.getString("type")).isEqualTo("reset");
        assertThat(reset.getString("content")).startsWith("Events 3 to " + (oldest - 1));
        assertThat(oldest).isGreaterThan(3);
        assertThat(page.getJsonArray("events").getJsonObject(0).getInt("seq")).isEqualTo(oldest);
        assertThat(reset.getInt("head") - oldest).isBetween(249, 320);

        try (Socket socket = session.openEvents("&resumeSeq=2");
                EventSource stream = open(session, "?after=2")) {
            // later than the page: what the programs wrote still comes in
            JsonObject toldSocket = socket.next().json();
            assertThat(toldSocket.getString("type")).isEqualTo("reset");
            assertThat(toldSocket.getInt("oldest")).isGreaterThanOrEqualTo(oldest);
            assertThat(socket.next().json().getInt("seq")).isEqualTo(toldSocket.getInt("oldest"));
            EventSource.Event told = stream.next();
            assertThat(told.data().getString("type")).isEqualTo("reset");
            assertThat(told.id()).isEmpty();
            assertThat(stream.next().id())
                    .isEqualTo(Integer.toString(told.data().getInt("oldest")));
        }
    }

    @Test
    void aResumePointThatIsNotThereYetIsTold() throws IOException {
        CodingSession session = cockpit.session(REPO.path());
        JsonObject reset = page(session, "?after=99").getJsonObject("reset");
        assertThat(reset.getInt("head")).isEqualTo(1);
        assertThat(reset.getInt("oldest")).isEqualTo(1);

        try (Socket socket = session.openEvents("&resumeSeq=99");
                EventSource stream = open(session, "", "Last-Event-ID", "99")) {
            assertThat(socket.next().json()).isEqualTo(reset);
            assertThat(socket.next().json().getInt("seq")).isEqualTo(1);
            assertThat(stream.next().data()).isEqualTo(reset);
            assertThat(stream.next().id()).isEqualTo("1");
        }
    }

    private EventSource open(CodingSession session, String query, String... headers) throws IOException {
        return EventSource.open(cockpit.base(), session.token(), "/api/events" + query, headers);
    }

    private JsonObject page(CodingSession session, String query) {
        return cockpit.get(session.token(), "/api/events" + query).expect(200).json();
    }

    private static void closeQuietly(AutoCloseable reader) {
        try {
            reader.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
