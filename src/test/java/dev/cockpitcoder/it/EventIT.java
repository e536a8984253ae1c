package dev.cockpitcoder.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Socket;

import static org.assertj.core.api.Assertions.assertThat;

/** The events socket as the mobile client uses it, and with resume. */
class EventIT extends Deployed {
    @Test
    void theMobileClientsProbeOpensAndClosesAtOnce() {
        CodingSession session = cockpit.session(REPO.path());
        for (int i = 0; i < 20; i++) {
            session.openEvents("").close();
        }
        cockpit.get(session.token(), "/api/session/" + session.id()).expect(200);
    }

    @Test
    void theLifeOfASessionAndItsTerminalIsTold() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket events = session.openEvents("&resumeSeq=0")) {
            JsonObject started = events.next().json();
            assertThat(started.getInt("seq")).isEqualTo(1);
            assertThat(started.getString("type")).isEqualTo("status");
            assertThat(started.getString("phase")).isEqualTo("session.started");
            assertThat(started.getString("content")).isEqualTo("Session started on app");
            assertThat(started.getString("at")).endsWith("Z");

            session.openPty().close();
            JsonObject opened = events.next().json();
            assertThat(opened.getInt("seq")).isEqualTo(2);
            assertThat(opened.getString("phase")).isEqualTo("terminal.opened");
            assertThat(opened.getString("terminalId")).isNotBlank();

            session.end().expect(200);
            assertThat(events.next().json().getString("phase")).isEqualTo("session.ended");
            assertThat(events.awaitClose().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aClientGoesOnWhereItLeftOff() {
        CodingSession session = cockpit.session(REPO.path());
        session.openPty().close();

        List<String> all = read(session.openEvents("&resumeSeq=0"), 2);
        List<String> rest = read(session.openEvents("&after=1"), 1);

        assertThat(rest).isEqualTo(all.subList(1, 2));
    }

    @Test
    void whatIsSentToAClientThatLeavesReachesNobodyElse() throws Exception {
        CodingSession busy = cockpit.session(REPO.path());
        try (Socket speaker = busy.openEvents("")) {
            String message = Json.createObjectBuilder()
                    .add("type", "user_message")
                    .add("content", "x".repeat(30_000))
                    .build()
                    .toString();
            for (int i = 0; i < 100; i++) {
                speaker.send(message).next();
            }
        }
        CodingSession quiet = cockpit.session(REPO.path());
        String first = read(quiet.openEvents("&resumeSeq=0"), 1).get(0);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
        ExecutorService clients = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(clients.submit(() -> {
                    while (System.nanoTime() < end) {
                        Socket leaving = busy.openEvents("&resumeSeq=0");
                        leaving.next();
                        leaving.leave();
                    }
                }));
                all.add(clients.submit(() -> {
                    while (System.nanoTime() < end) {
                        assertThat(read(quiet.openEvents("&resumeSeq=0"), 1)).containsExactly(first);
                    }
                }));
            }
            for (Future<?> client : all) {
                client.get(1, TimeUnit.MINUTES);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void whatMakesNoSenseIsAnsweredAndTheSocketStays() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket events = session.openEvents("")) {
            for (String message : List.of("", "x", "[]", "{}", "{\"type\":\"nonsense\"}", "[".repeat(5000))) {
                assertThat(events.send(message).next().json().getString("type")).isEqualTo("error");
            }
        }
        assertThat(cockpit.get(session.token(), "/api/events")
                        .expect(200)
                        .json()
                        .getInt("head"))
                .as("nothing of it is stored")
                .isEqualTo(1);
    }

    @Test
    void whatAClientSaysIsAnEventThatEveryClientSees() {
        CodingSession session = cockpit.session(REPO.path());
        // a socket is open before the server has begun to listen for news on it
        try (Socket speaker = session.openEvents("&resumeSeq=1");
                Socket other = session.openEvents("&resumeSeq=1")) {
            speaker.send("{\"type\":\"user_message\",\"content\":\"hello\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
            JsonObject said = speaker.next().json();
            assertThat(said.getString("type")).isEqualTo("user_message");
            assertThat(said.getString("content")).isEqualTo("hello");
            assertThat(said.getString("timestamp")).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(said.getInt("seq")).isEqualTo(2);
            JsonObject unread = speaker.next().json();
            assertThat(unread.getString("type")).isEqualTo("error");
            assertThat(unread.getString("content")).contains("nobody reads");
            assertThat(unread.getInt("inReplyTo")).isEqualTo(2);

            speaker.send("{\"type\":\"confirmation\",\"messageId\":\"m1\",\"confirmed\":false}");
            JsonObject answered = speaker.next().json();
            assertThat(answered.getString("type")).isEqualTo("status");
            assertThat(answered.getString("content")).isEqualTo("Declined");
            assertThat(answered.getString("messageId")).isEqualTo("m1");
            assertThat(answered.getBoolean("confirmed")).isFalse();

            JsonObject unasked = speaker.next().json();
            assertThat(unasked.getString("content")).isEqualTo("There is no such question in this session.");
            assertThat(unasked.getInt("inReplyTo")).isEqualTo(answered.getInt("seq"));

            List<JsonObject> seen = List.of(
                    other.next().json(),
                    other.next().json(),
                    other.next().json(),
                    other.next().json());
            assertThat(seen).containsExactly(said, unread, answered, unasked);
        }
        assertThat(read(session.openEvents("&resumeSeq=1"), 3).get(0)).contains("hello");
    }

    @Test
    void aClientThatTalksTooFastIsNotTaken() {
        CodingSession session = cockpit.session(REPO.path());
        String message = "{\"type\":\"user_message\",\"content\":\"spam\"}";
        try (Socket events = session.openEvents("")) {
            for (int i = 0; i < 200; i++) {
                events.send(message);
            }
            assertThat(events.until("too many messages")).contains("spam");
        }
        int stored = cockpit
                .get(session.token(), "/api/events?limit=200")
                .expect(200)
                .json()
                .getJsonArray("events")
                .getValuesAs(JsonObject.class)
                .stream()
                .mapToInt(event -> event.getString("content").equals("spam") ? 1 : 0)
                .sum();
        assertThat(stored).isBetween(20, 60);
    }

    @Test
    void anImpossibleResumePointIsRefused() {
        CodingSession session = cockpit.session(REPO.path());
        for (String seq : List.of("-1", "x", "")) {
            try (Socket events = session.openEvents("&resumeSeq=" + seq)) {
                assertThat(events.next().json().getString("type")).isEqualTo("error");
                assertThat(events.awaitClose().closeCode()).isEqualTo(4400);
            }
        }
    }

    private static List<String> read(Socket socket, int count) {
        try (socket) {
            return java.util.stream.Stream.generate(() -> socket.next().text())
                    .limit(count)
                    .toList();
        }
    }
}
