package dev.cockpitcoder.it;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.V1Client;
import dev.cockpitcoder.process.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** Listed commands as the mobile client runs them, and what is refused. */
class CommandIT extends Deployed {
    private static final String ASYNC = "respond-async";
    private static final String ASKS = "sh -c 'stty size; read line; echo got:$line; exit 5'";

    @Test
    void aListedCommandRunsAndTellsItsEvents() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket events = session.openEvents("")) {
            JsonObject answer =
                    run(session, "git log --oneline", "").expect(200).json();

            assertThat(answer.getBoolean("ok")).isTrue();
            assertThat(answer.getInt("code")).isZero();
            assertThat(answer.getString("status")).isEqualTo("completed");
            assertThat(answer.getString("output")).contains("first");
            assertThat(answer.getString("id")).isEqualTo(answer.getString("commandId"));
            JsonObject output = events.next().json();
            assertThat(output.getString("type")).isEqualTo("output");
            assertThat(output.getString("stream")).isEqualTo("stdout");
            assertThat(output.getString("content")).isEqualTo(answer.getString("output"));
            assertThat(output.getString("commandId")).isEqualTo(answer.getString("id"));
            JsonObject exit = events.next().json();
            assertThat(exit.getString("type")).isEqualTo("exit");
            assertThat(exit.getInt("code")).isZero();
            assertThat(exit.getString("content")).startsWith("git log --oneline finished with exit code 0 in ");
        }
    }

    @Test
    void aCommandThatFailsIsAnAnswer() {
        JsonObject answer =
                run(cockpit.session(REPO.path()), "false", null).expect(200).json();

        assertThat(answer.getBoolean("ok")).isFalse();
        assertThat(answer.getInt("code")).isEqualTo(1);
        assertThat(answer.getString("status")).isEqualTo("failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git status; id", "git status && id", "git status | cat", "git status `id`", "git status $(id)",
                "git status > /tmp/x", "git status --short", "GIT status", "./git status", "/usr/bin/env git status",
                "sh -c 'git status'", "git"
            })
    void anythingElseIsRefused(String cmd) {
        JsonObject problem = run(cockpit.session(REPO.path()), cmd, null).expectProblem(403);

        assertThat(problem.getString("code")).isEqualTo("COMMAND_NOT_ALLOWED");
        assertThat(problem.getString("detail")).contains("CMD_ALLOWLIST");
    }

    @Test
    void whatIsNoRequestIsRefused() {
        CodingSession session = cockpit.session(REPO.path());
        for (String cmd :
                List.of("", "  ", "git\tstatus", "git\nstatus", "git\u00a0status", "git 'status", "git\0status")) {
            run(session, cmd, null).expectProblem(422);
        }
        for (String body : List.of(
                "{\"cmd\":\"false\",\"timeoutMs\":0}",
                "{\"cmd\":\"false\",\"timeoutMs\":-1}",
                "{}",
                "{\"cmd\":null}")) {
            cockpit.post(session.token(), "/api/cmd", body).expectProblem(422);
        }
        for (String body : List.of(
                "{\"cmd\":5}", "{\"cmd\":[\"git\"]}", "{\"cmd\":\"false\",\"timeoutMs\":\"1\"}", "{\"x\":1}", "[]")) {
            cockpit.post(session.token(), "/api/cmd", body).expectProblem(400);
        }
        cockpit.post(cockpit.operator(), "/api/cmd", "{\"cmd\":\"false\"}").expectProblem(403);
        cockpit.get(session.token(), "/api/cmd?limit=0").expectProblem(422);
        cockpit.delete(session.token(), "/api/cmd").expectProblem(405);
    }

    @Test
    void aDirectoryOutsideOfTheRepositoryIsRefused() {
        CodingSession session = cockpit.session(REPO.path());
        for (String cwd : List.of("/etc", "..", REPO.path() + "-evil", REPO.path() + "/..")) {
            run(session, "false", cwd).expectProblem(403);
        }
        run(session, "false", "missing").expectProblem(404);
    }

    @Test
    void aCommandThatGoesOnIsWatchedAndCancelled() {
        CodingSession session = cockpit.session(REPO.path());
        Answer accepted = cockpit.post(session.token(), "/api/cmd", body("sleep 30", null), "Prefer", ASYNC)
                .expect(202);
        String path = accepted.header("Location").substring(cockpit.base().length());
        assertThat(accepted.json().getString("status")).isEqualTo("running");
        assertThat(path).isEqualTo("/api/cmd/" + accepted.json().getString("id"));
        CodingSession other = cockpit.session(REPO.path());
        cockpit.get(other.token(), path).expectProblem(404);
        cockpit.delete(other.token(), path).expectProblem(404);

        JsonObject cancelled = cockpit.delete(session.token(), path).expect(200).json();

        assertThat(cancelled.getString("phase")).isEqualTo("cancelled");
        assertThat(cancelled.getString("signal")).isEqualTo("SIGTERM");
        assertThat(cockpit.delete(session.token(), path).expect(200).json()).isEqualTo(cancelled);
        assertThat(cockpit.get(session.token(), path).expect(200).json()).isEqualTo(cancelled);
    }

    @Test
    void aCommandOnATerminalIsWatchedAndTypedInto() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        JsonObject running = cockpit.post(session.token(), "/api/cmd", tty(ASKS), "Prefer", ASYNC)
                .expect(202)
                .json();
        String terminal = running.getString("terminalId");
        assertThat(terminals(session)).containsExactly(terminal);

        try (V1Client client = new V1Client(session, terminal)) {
            client.attach();
            client.until("40 120\r\n");
            client.type("hello\r").until("got:hello\r\n");
            assertThat(client.await("exit").getInt("code")).isEqualTo(5);
        }

        String path = "/api/cmd/" + running.getString("id");
        Await.until(() -> "it does not end", () -> !cockpit.get(session.token(), path)
                .json()
                .getString("status")
                .equals("running"));
        JsonObject ended = cockpit.get(session.token(), path).expect(200).json();
        assertThat(ended.getInt("code")).isEqualTo(5);
        assertThat(ended.getString("phase")).isEqualTo("failed");
        assertThat(ended.getString("terminalId")).isEqualTo(terminal);
        assertThat(ended.getString("output")).isEqualTo("40 120\r\nhello\r\ngot:hello\r\n");
        assertThat(ended.getInt("stdoutBytes"))
                .isEqualTo(ended.getString("output").length());
        try (Socket events = session.openEvents("&resumeSeq=0")) {
            JsonObject event = events.next().json();
            while (!event.getString("type").equals("exit")) {
                assertThat(event.getString("type")).isEqualTo("status");
                event = events.next().json();
            }
            assertThat(event.getString("commandId")).isEqualTo(ended.getString("id"));
            assertThat(event.getString("terminalId")).isEqualTo(terminal);
        }
    }

    @Test
    void aCommandEndsWithItsTerminalAndATerminalWithItsCommand() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        JsonObject first = cockpit.post(session.token(), "/api/cmd", tty("sleep 30"), "Prefer", ASYNC)
                .expect(202)
                .json();
        JsonObject second = cockpit.post(session.token(), "/api/cmd", tty(ASKS), "Prefer", ASYNC)
                .expect(202)
                .json();

        cockpit.delete(session.token(), "/api/terminals/" + first.getString("terminalId"))
                .expect(200);
        cockpit.delete(session.token(), "/api/cmd/" + second.getString("id")).expect(200);

        Await.until(() -> "it does not end", () -> cockpit.get(session.token(), "/api/cmd/" + first.getString("id"))
                .json()
                .getString("phase")
                .equals("cancelled"));
        JsonObject terminal = cockpit.get(session.token(), "/api/terminals/" + second.getString("terminalId"))
                .expect(200)
                .json();
        assertThat(terminal.getBoolean("running")).isFalse();
        assertThat(terminal.getInt("cols")).isEqualTo(120);
    }

    @Test
    void aSizeNeedsATerminalAndIsPartOfTheRequest() {
        CodingSession session = cockpit.session(REPO.path());
        cockpit.post(session.token(), "/api/cmd", "{\"cmd\":\"false\",\"cols\":80}")
                .expectProblem(422);
        cockpit.post(session.token(), "/api/cmd", "{\"cmd\":\"false\",\"tty\":true,\"rows\":0}")
                .expectProblem(422);
        cockpit.post(session.token(), "/api/cmd", tty("false"), "Idempotency-Key", "one")
                .expect(200);
        cockpit.post(session.token(), "/api/cmd", body("false", null), "Idempotency-Key", "one")
                .expectProblem(422);
        run(session, "false", null).expect(200);
        assertThat(history(session, "")).hasSize(2);
    }

    @Test
    void aTimeoutIsTold() {
        JsonObject answer = cockpit.post(
                        cockpit.session(REPO.path()).token(), "/api/cmd", "{\"cmd\":\"sleep 30\",\"timeoutMs\":300}")
                .expect(200)
                .json();

        assertThat(answer.getBoolean("timedOut")).isTrue();
        assertThat(answer.getBoolean("ok")).isFalse();
    }

    @Test
    void theSameKeyTwentyTimesAtOnceIsOneCommand() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        ExecutorService pool = Executors.newFixedThreadPool(20);
        Set<String> ids = new HashSet<>();
        try {
            Callable<String> post =
                    () -> cockpit.post(session.token(), "/api/cmd", body("git status", null), "Idempotency-Key", "one")
                            .expect(200)
                            .json()
                            .getString("id");
            for (Future<String> id :
                    pool.invokeAll(IntStream.range(0, 20).mapToObj(i -> post).toList())) {
                ids.add(id.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(ids).hasSize(1);
        assertThat(history(session, "")).hasSize(1);
        cockpit.post(session.token(), "/api/cmd", body("false", null), "Idempotency-Key", "one")
                .expectProblem(422);
    }

    @Test
    void tooManyAtOnceAreAskedToWaitAndTheEndOfTheSessionEndsThem() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        for (int i = 0; i < 4; i++) {
            cockpit.post(session.token(), "/api/cmd", body("sleep 30", null), "Prefer", ASYNC)
                    .expect(202);
        }
        Answer refused = cockpit.post(session.token(), "/api/cmd", body("sleep 30", null), "Prefer", ASYNC);
        refused.expectProblem(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();

        session.end().expect(200);

        Await.until(() -> "a command outlives its session", () -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").endsWith("sleep 30")));
    }

    @Test
    void theHistoryIsPaged() {
        CodingSession session = cockpit.session(REPO.path());
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> run(session, "false", null).expect(200).json().getString("id"))
                .toList();

        List<String> first = history(session, "?limit=3");
        List<String> rest = history(session, "?limit=3&before=" + first.get(2));

        assertThat(first).containsExactly(ids.get(4), ids.get(3), ids.get(2));
        assertThat(rest).containsExactly(ids.get(1), ids.get(0));
    }

    @Test
    void whatMayBeRunIsListed() {
        List<String> listed = cockpit
                .get(cockpit.session(REPO.path()).token(), "/api/commands")
                .expect(200)
                .json()
                .getJsonArray("commands")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(command -> command.getBoolean("available") && !command.getBoolean("acceptsArguments"))
                .map(command -> command.getString("cmd"))
                .toList();

        assertThat(listed).contains("git status", "git log --oneline", "false", "sleep 30");
    }

    private List<String> history(CodingSession session, String query) {
        return cockpit
                .get(session.token(), "/api/cmd" + query)
                .expect(200)
                .json()
                .getJsonArray("commands")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(command -> command.getString("id"))
                .collect(Collectors.toList());
    }

    private List<String> terminals(CodingSession session) {
        return cockpit
                .get(session.token(), "/api/terminals")
                .expect(200)
                .json()
                .getJsonArray("terminals")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(terminal -> terminal.getString("id"))
                .toList();
    }

    private static JsonObject tty(String cmd) {
        return Json.createObjectBuilder(body(cmd, null))
                .add("tty", true)
                .add("cols", 120)
                .add("rows", 40)
                .build();
    }

    private Answer run(CodingSession session, String cmd, String cwd) {
        return cockpit.post(session.token(), "/api/cmd", body(cmd, cwd));
    }

    private static JsonObject body(String cmd, String cwd) {
        var body = Json.createObjectBuilder().add("cmd", cmd);
        return (cwd == null ? body : body.add("cwd", cwd)).build();
    }
}
