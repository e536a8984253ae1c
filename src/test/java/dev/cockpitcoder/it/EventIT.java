package dev.cockpitcoder.it;

import java.util.List;

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
    void whatMakesNoSenseIsAnsweredAndTheSocketStays() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket events = session.openEvents("")) {
            for (String message : List.of("", "x", "[]", "{}", "{\"type\":\"nonsense\"}", "[".repeat(5000))) {
                assertThat(events.send(message).next().json().getString("type")).isEqualTo("error");
            }
            JsonObject unread = events.send(
                            "{\"type\":\"user_message\",\"content\":\"hello\",\"timestamp\":\"2026-01-01T00:00:00Z\"}")
                    .next()
                    .json();
            assertThat(unread.getString("content")).contains("nobody reads");
        }
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
