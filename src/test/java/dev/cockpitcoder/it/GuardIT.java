package dev.cockpitcoder.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** No route without its check. */
class GuardIT extends Deployed {
    private static final Set<String> OPEN = Set.of("/api/auth/pair");
    private static final String LISTED_ORIGIN = "http://localhost:19006";

    @Test
    void everyDocumentedPathRefusesWithoutAndWithABadToken() {
        JsonObject paths = cockpit.get(null, "/openapi", "Accept", "application/json")
                .expect(200)
                .json()
                .getJsonObject("paths");
        List<String> walked = new ArrayList<>();
        paths.forEach((path, item) -> item.asJsonObject().keySet().forEach(method -> {
            if (!OPEN.contains(path)) {
                String concrete = path.replaceAll("\\{[^}]+}", "x");
                for (String token : new String[] {null, "a.b.c", "x"}) {
                    Answer answer = cockpit.call(
                            method.toUpperCase(),
                            token,
                            concrete,
                            method.equals("post") ? "{}" : null,
                            "Origin",
                            LISTED_ORIGIN);
                    answer.expectProblem(401);
                    assertThat(answer.header("Access-Control-Allow-Origin"))
                            .as(path)
                            .isEqualTo(LISTED_ORIGIN);
                }
                walked.add(method + " " + path);
            }
        }));
        assertThat(walked)
                .contains(
                        "post /api/session",
                        "get /api/session/{id}",
                        "get /api/terminals",
                        "get /api/terminals/{id}/output",
                        "get /api/repos",
                        "get /api/git/diff",
                        "get /api/git/status");
    }

    /** ADR 21: the container remembers a token it accepted, and must not remember too much. */
    @Test
    void aTokenThatWasAcceptedIsJudgedEachTime() {
        CodingSession session = cockpit.session(REPO.path());
        CodingSession other = cockpit.session(REPO.path());
        String token = session.token();
        String tampered = token.substring(0, token.length() - 4)
                + (token.charAt(token.length() - 4) == 'A' ? 'B' : 'A')
                + token.substring(token.length() - 3);
        for (int again = 0; again < 3; again++) {
            cockpit.get(token, "/api/session/" + session.id()).expect(200);
            cockpit.get(token, "/api/session/" + other.id()).expectProblem(404);
            cockpit.post(token, "/api/session", "{\"repo\":\"" + REPO.path() + "\"}")
                    .expectProblem(403);
            cockpit.get(tampered, "/api/session/" + session.id()).expectProblem(401);
            cockpit.get(cockpit.operator(), "/api/terminals").expectProblem(403);
        }

        session.end().expect(200);

        for (int again = 0; again < 2; again++) {
            cockpit.get(token, "/api/session/" + session.id()).expectProblem(401);
        }
        other.end().expect(200);
    }

    @Test
    void anUnknownPathIsNotEvenDenied() {
        cockpit.get(null, "/api/nothing-here").expectProblem(401);
        cockpit.get(null, "/api").expectProblem(401);
        cockpit.get(null, "/ws/nothing-here").expectProblem(401);
        cockpit.get(null, "/nothing-here").expectProblem(404);
    }

    @Test
    void socketsRefuseBeforeTheUpgrade() {
        CodingSession mine = cockpit.session(REPO.path());
        CodingSession other = cockpit.session(REPO.path());
        for (String endpoint : List.of("/ws/pty", "/ws/events")) {
            String url = cockpit.webSocketBase() + endpoint;
            assertThat(refusal(url)).isEqualTo(401);
            assertThat(refusal(url + "?sessionId=" + mine.id())).isEqualTo(401);
            assertThat(refusal(url + "?sessionId=" + mine.id() + "&token=a.b.c"))
                    .isEqualTo(401);
            assertThat(refusal(url + "?sessionId=" + mine.id() + "&token=" + mine.token() + "x"))
                    .isEqualTo(401);
            assertThat(refusal(url + "?sessionId=" + mine.id() + "&token=" + other.token()))
                    .isEqualTo(404);
            assertThat(refusal(url + "?sessionId=" + mine.id() + "&token=" + cockpit.operator()))
                    .isEqualTo(403);
            assertThat(refusal(url + "?sessionId=" + mine.id() + "&ticket=x")).isEqualTo(401);
            for (String origin : List.of(
                    "https://evil.example",
                    "null",
                    cockpit.base() + ".evil.example",
                    "https" + cockpit.base().substring(4))) {
                assertThat(refusal(url + "?" + mine.query(), "Origin", origin))
                        .as(origin)
                        .isEqualTo(403);
            }
            for (String origin : List.of(LISTED_ORIGIN, cockpit.base())) {
                Socket.open(url + "?" + mine.query(), List.of(), List.of("Origin", origin))
                        .close();
            }
        }
    }

    @Test
    void aTokenInTheHeaderOpensASocketToo() {
        CodingSession session = cockpit.session(REPO.path());
        Socket.open(
                        cockpit.webSocketBase() + "/ws/events?sessionId=" + session.id(),
                        List.of(),
                        List.of("Authorization", "Bearer " + session.token()))
                .close();
    }

    @Test
    void aTicketOpensOneSocketOfItsKind() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        String events = cockpit.webSocketBase() + "/ws/events?sessionId=" + session.id() + "&ticket=";

        assertThat(refusal(events + ticket(session, "pty"))).isEqualTo(401);
        assertThat(refusal(events.replace(
                                session.id(), cockpit.session(REPO.path()).id())
                        + ticket(session, "events")))
                .isEqualTo(404);

        String ticket = ticket(session, "events");
        ExecutorService racers = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> race = () -> {
                try {
                    Socket.open(events + ticket).close();
                    return 101;
                } catch (Socket.Refused e) {
                    return e.status();
                }
            };
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> result : racers.invokeAll(List.of(race, race, race, race, race, race, race, race))) {
                statuses.add(result.get());
            }
            assertThat(statuses).containsOnlyOnce(101).contains(401);
        } finally {
            racers.shutdownNow();
        }
    }

    @Test
    void aTicketRidesAsASubprotocolAndIsNeverEchoed() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket socket = Socket.open(
                cockpit.webSocketBase() + "/ws/pty?sessionId=" + session.id(),
                List.of("cockpit.pty.v1", "ticket." + ticket(session, "pty")),
                List.of("Origin", cockpit.base()))) {
            assertThat(socket.subprotocol()).isEqualTo("cockpit.pty.v1");
        }
    }

    @Test
    void strangersSeeNothing() {
        CodingSession mine = cockpit.session(REPO.path());
        CodingSession other = cockpit.session(REPO.path());

        cockpit.get(other.token(), "/api/session/" + mine.id()).expectProblem(404);
        cockpit.delete(other.token(), "/api/session/" + mine.id()).expectProblem(404);
        cockpit.get(other.token(), "/api/session/" + mine.id() + "/qr").expectProblem(404);
        cockpit.post(other.token(), "/api/session", "{\"repo\":\"" + REPO.path() + "\"}")
                .expectProblem(403);
        cockpit.get(other.token(), "/api/repos").expectProblem(403);
        cockpit.get(mine.token(), "/api/session/" + mine.id()).expect(200);
    }

    @Test
    void onlyListedOriginsAreAllowed() {
        String[] preflight = {
            "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type"
        };

        Answer allowed = cockpit.call("OPTIONS", null, "/api/session", null, with(preflight, "Origin", LISTED_ORIGIN));
        assertThat(allowed.expect(204).header("Access-Control-Allow-Origin")).isEqualTo(LISTED_ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Headers")).contains("Authorization");
        assertThat(allowed.header("Vary")).contains("Origin");

        for (String origin :
                List.of("https://evil.example", LISTED_ORIGIN + ".evil.example", "http://localhost:1900", "null")) {
            Answer refused = cockpit.call("OPTIONS", null, "/api/session", null, with(preflight, "Origin", origin));
            assertThat(refused.header("Access-Control-Allow-Origin")).as(origin).isNull();
            cockpit.get(cockpit.operator(), "/api/session", "Origin", origin).expectProblem(403);
        }
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        for (String path : List.of("/", "/healthz", "/api/session", "/nothing-here", "/favicon.svg")) {
            Answer answer = cockpit.get(null, path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).as(path).isEqualTo("no-referrer");
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    /** From an address of its own, so that nobody else's pairing has to wait. */
    @Test
    void guessingAPairingCodeIsSlowedDown() throws IOException {
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            statuses.add(
                    pairFrom("127.0.0.77", "WRONG-" + i).lines().findFirst().orElseThrow());
        }

        assertThat(statuses.get(0)).contains("401");
        assertThat(statuses.get(7)).contains("429");
        assertThat(pairFrom("127.0.0.77", cockpit.pairingCode())).contains("429", "Retry-After: ");
    }

    private String pairFrom(String address, String code) throws IOException {
        URI base = URI.create(cockpit.base());
        String body = "{\"code\":\"" + code + "\"}";
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.getOutputStream()
                    .write(("POST /api/auth/pair HTTP/1.1\r\nHost: " + base.getAuthority()
                                    + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatTheBuildLeavesForTheContainerIsNotServed() throws IOException {
        try (ZipFile war = new ZipFile(System.getProperty("it.war"))) {
            List<String> marks = war.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith("WEB-INF__") && !name.endsWith("/"))
                    .toList();
            assertThat(marks).isNotEmpty();
            for (String mark : marks) {
                cockpit.get(null, "/" + mark).expectProblem(404);
                cockpit.get(null, "/%57" + mark.substring(1)).expectProblem(404);
            }
        }
    }

    @Test
    void healthMetricsAndTheApiDescriptionAreServed() {
        assertThat(cockpit.get(null, "/healthz").expect(200).text()).isEqualTo("{\"ok\":true}");
        assertThat(cockpit.get(null, "/health").expect(200).json().getString("status"))
                .isEqualTo("UP");
        cockpit.get(null, "/metrics").expect(200);
        JsonObject openapi = cockpit.get(null, "/openapi", "Accept", "application/json")
                .expect(200)
                .json();
        assertThat(openapi.getJsonObject("info").getString("title")).isEqualTo("Cockpit Coder");
        assertThat(openapi.toString()).contains("/home/me/project");
    }

    private String ticket(CodingSession session, String endpoint) {
        return cockpit.post(session.token(), "/api/auth/tickets", "{\"endpoint\":\"" + endpoint + "\"}")
                .expect(200)
                .json()
                .getString("ticket");
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(name);
        all.add(value);
        return all.toArray(String[]::new);
    }

    private static int refusal(String url, String... headers) {
        return catchThrowableOfType(Socket.Refused.class, () -> Socket.open(url, List.of(), List.of(headers))
                        .close())
                .status();
    }
}
