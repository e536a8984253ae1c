package dev.cockpitcoder.it;

import java.time.Duration;
import java.time.Instant;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.QrCode;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions as existing clients and our own use them. */
class SessionIT extends Deployed {
    @Test
    void aPairingCodeWorksOnceAndTheServerWritesAFreshOne() {
        String code = cockpit.pairingCode();
        String body = "{\"code\":\"" + code.toLowerCase().replace("-", " ") + "\"}";

        JsonObject paired =
                cockpit.post(null, "/api/auth/pair", body).expect(200).json();

        assertThat(paired.getString("role")).isEqualTo("operator");
        cockpit.get(paired.getString("token"), "/api/auth/me").expect(200);
        cockpit.post(null, "/api/auth/pair", body).expectProblem(401);
        assertThat(cockpit.pairingCode()).isNotEqualTo(code);
    }

    @Test
    void anOperatorPairsAFurtherDevice() {
        JsonObject made = cockpit.call("POST", cockpit.operator(), "/api/auth/pairing-codes", null)
                .expect(200)
                .json();

        assertThat(made.getString("link")).isEqualTo(cockpit.base() + "/#pair=" + made.getString("code"));
        cockpit.post(null, "/api/auth/pair", "{\"code\":\"" + made.getString("code") + "\"}")
                .expect(200);
    }

    @Test
    void aSessionIsMadeReadListedExtendedAndEnded() {
        CodingSession session = cockpit.session(REPO.path());
        JsonObject connection = session.connection();
        String path = "/api/session/" + session.id();

        assertThat(connection.keySet()).containsExactlyInAnyOrder("sessionId", "token", "ws", "apiBase", "expiresAt");
        assertThat(connection.getJsonObject("ws").getString("pty")).isEqualTo(cockpit.webSocketBase() + "/ws/pty");
        assertThat(connection.getJsonObject("ws").getString("events"))
                .isEqualTo(cockpit.webSocketBase() + "/ws/events");
        assertThat(connection.getString("apiBase")).isEqualTo(cockpit.base());
        assertThat(Instant.parse(connection.getString("expiresAt")))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));

        JsonObject read = cockpit.get(session.token(), path).expect(200).json();
        assertThat(read.getString("id")).isEqualTo(read.getString("sessionId")).isEqualTo(session.id());
        assertThat(read.getString("repo")).isEqualTo(REPO.path().toString());
        assertThat(read.getString("label")).isEqualTo("a test");
        assertThat(read.getString("via")).isEqualTo("direct");

        assertThat(cockpit.get(cockpit.operator(), "/api/session").expect(200).text())
                .contains(session.id());
        assertThat(cockpit.call("POST", session.token(), path + "/extend", null)
                        .expect(200)
                        .json())
                .containsKey("token");

        session.end().expect(200);
        cockpit.get(session.token(), path).expectProblem(401);
        cockpit.get(cockpit.operator(), path).expectProblem(404);
        assertThat(cockpit.get(cockpit.operator(), "/api/session").expect(200).text())
                .doesNotContain(session.id());
    }

    @Test
    void theQrCodeCarriesAConnectionObjectThatWorks() {
        CodingSession session = cockpit.session(REPO.path());
        Answer png = cockpit.get(session.token(), "/api/session/" + session.id() + "/qr", "Accept", "image/png")
                .expect(200);

        JsonObject scanned;
        try (var reader = Json.createReader(new java.io.StringReader(QrCode.inPng(png.bytes())))) {
            scanned = reader.readObject();
        }

        assertThat(scanned.keySet()).isEqualTo(session.connection().keySet());
        assertThat(scanned.getString("sessionId")).isEqualTo(session.id());
        new CodingSession(cockpit, scanned).openEvents("").close();
        assertThat(cockpit.get(session.token(), "/api/session/" + session.id() + "/qr", "Accept", "image/svg+xml")
                        .expect(200)
                        .text())
                .startsWith("<svg");
    }

    @Test
    void repositoriesThatCanBeWorkedInAreListed() {
        assertThat(cockpit.get(cockpit.operator(), "/api/repos")
                        .expect(200)
                        .json()
                        .getJsonArray("repos")
                        .getJsonObject(0)
                        .getString("path"))
                .isEqualTo(REPO.path().toString());
    }

    @Test
    void badBodiesGetAClearRefusal() {
        for (String body :
                new String[] {"", "{", "[]", "null", "{\"repo\":5}", "{\"repo\":\"/x\",\"what\":1}", "[".repeat(10_000)
                }) {
            cockpit.post(cockpit.operator(), "/api/session", body).expectProblem(400);
        }
        cockpit.post(cockpit.operator(), "/api/session", "{}").expectProblem(422);
        cockpit.post(cockpit.operator(), "/api/session", "{\"repo\":\"" + "x".repeat(2 << 20) + "\"}")
                .expectProblem(413);
        cockpit.call("POST", cockpit.operator(), "/api/session", "repo", "Content-Type", "text/plain")
                .expectProblem(415);
        assertThat(cockpit.call("PATCH", cockpit.operator(), "/api/session", "{}")
                        .expectProblem(405))
                .isNotNull();
        cockpit.get(cockpit.operator(), "/api/nothing-here").expectProblem(404);
    }
}
