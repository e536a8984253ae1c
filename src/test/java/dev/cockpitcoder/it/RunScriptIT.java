package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.Cockpit;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.ListeningSockets;
import dev.cockpitcoder.it.driver.QrCode;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunScript.Ended;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.V1Client;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** The run command, from outside. */
class RunScriptIT {
    @TempDir
    Path directory;

    private Repo repo;
    private RunScript script;

    @BeforeEach
    void aRepositoryToWorkOn() {
        repo = Repo.create(directory.resolve("repos/app"))
                .with("README", "hello\n")
                .commit("first");
        script = new RunScript(directory).with("REPO_ALLOWLIST", repo.path());
    }

    @Test
    void aNewcomerIsLedToAShellAndCtrlCEndsEverything() {
        String lasting = Long.toString(System.nanoTime());
        try (RunningServer server = script.serve()) {
            Cockpit cockpit = server.cockpit();
            assertThat(server.printed()).contains("Cockpit Coder is at " + cockpit.base(), "Stop: Ctrl-C");
            assertThat(server.pairingLink()).isEqualTo(cockpit.base() + "/#pair=" + server.pairingCode());
            assertThat(QrCode.inTerminal(server.printed())).isEqualTo(server.pairingLink());
            assertThat(cockpit.pairingCode()).isEqualTo(server.pairingCode());
            assertThat(mode(script.home())).isEqualTo("rwx------");
            assertThat(mode(script.home().resolve("pairing-code"))).isEqualTo("rw-------");
            assertThat(ListeningSockets.of(server.java()))
                    .as("listening")
                    .allMatch(address -> address.getAddress().isLoopbackAddress())
                    .anyMatch(address -> address.getPort() == script.port());

            CodingSession session = cockpit.session(repo.path());
            Socket shell = session.openPty();
            shell.send("setsid nohup sleep " + lasting + " >/dev/null 2>&1 & echo star''ted\r");
            shell.until("started");
            Eventually.holds(() -> "sleep runs", Duration.ofSeconds(20), () -> runs(lasting));
            String interrupted = "3" + lasting;
            shell.send("sleep " + interrupted + "\r");
            Eventually.holds(() -> "a sleep to interrupt", Duration.ofSeconds(20), () -> runs(interrupted));
            shell.send("\u0003");
            Eventually.holds(() -> "no sleep after Ctrl-C", Duration.ofSeconds(20), () -> !runs(interrupted));
            shell.send("echo interr''upted\r").until("interrupted");

            server.interrupt();

            assertThat(runs(lasting))
                    .as("what the shell left in the background")
                    .isFalse();
            assertThat(shell.awaitClose().closeCode()).isEqualTo(1001);
            assertThat(server.printed()).contains("Stopping");
            assertThat(server.log())
                    .doesNotContain(
                            server.pairingCode(),
                            cockpit.pairingCode(),
                            cockpit.operator(),
                            session.token(),
                            "?token=",
                            "&token=");
        }
    }

    @Test
    void aRestartKeepsSessionsTokensAndEvents() {
        outlives(RunningServer::terminate);
    }

    @Test
    void aServerThatWasKilledLeavesNothingInTheWay() {
        outlives(RunningServer::kill);
    }

    @Test
    void theOutputOfAKilledServersTerminalIsReadAtItsOffsets() {
        try (RunningServer server = script.serve()) {
            CodingSession session = server.cockpit().session(repo.path());
            String before;
            JsonObject attached;
            try (V1Client client = new V1Client(session)) {
                attached = client.attach();
                client.type("seq 20000; echo the-$((1+1))nd\r");
                before = client.until("the-2nd");
                server.kill();
            }
            try (RunningServer next = script.serve()) {
                JsonObject found = next.cockpit()
                        .get(session.token(), "/api/terminals/" + attached.getString("terminal"))
                        .expect(200)
                        .json();
                assertThat(found.getBoolean("running")).isFalse();
                assertThat(found).doesNotContainKey("exitCode").containsKey("endedAt");
                assertThat(found.getInt("head")).isGreaterThanOrEqualTo(before.length());
                try (V1Client late = new V1Client(session, attached.getString("terminal"))) {
                    assertThat(late.attach().getBoolean("running")).isFalse();
                    assertThat(late.await("exit")).doesNotContainKey("code");
                    assertThat(late.until("the-2nd")).startsWith(before);
                }
                session.end().expect(200);
                Eventually.holds(() -> "no log", Duration.ofSeconds(20), () -> logs().isEmpty());
                next.terminate();
            }
        }
    }

    private List<Path> logs() {
        try (Stream<Path> files = Files.list(script.home().resolve("terminals"))) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void onPostgresqlARestartKeepsThemToo() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            script.with("DATABASE_URL", "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres")
                    .with("DATABASE_USER", "postgres")
                    .with("DATABASE_PASSWORD", "postgres")
                    .with("DEBUG", true);
            outlives(RunningServer::terminate);
            assertThat(script.home().resolve("db")).doesNotExist();
        }
    }

    private void outlives(Consumer<RunningServer> ending) {
        CodingSession session;
        String operator;
        List<String> told;
        try (RunningServer server = script.serve()) {
            session = server.cockpit().session(repo.path());
            operator = server.cockpit().operator();
            session.openPty().close();
            told = events(session, 2);
            ending.accept(server);
        }
        try (RunningServer server = script.serve()) {
            Cockpit cockpit = server.cockpit();
            assertThat(cockpit.get(operator, "/api/session").expect(200).text()).contains(session.id());
            cockpit.get(session.token(), "/api/session/" + session.id()).expect(200);
            session.openPty().close();
            List<String> retold = events(session, 3);
            assertThat(retold).startsWith(told.toArray(String[]::new));
            assertThat(server.log()).doesNotContain(operator, session.token(), cockpit.pairingCode(), "token=");
            server.terminate();
        }
    }

    /** The first events of the session; their numbers have no hole. */
    private static List<String> events(CodingSession session, int count) {
        try (Socket events = session.openEvents("&resumeSeq=0")) {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(seq -> {
                        String text = events.next().text();
                        JsonObject event = new Socket.Message(text, null, 0, null).json();
                        assertThat(event.getInt("seq")).isEqualTo(seq);
                        return text;
                    })
                    .toList();
        }
    }

    @Test
    void aSessionThatRunsOutTakesItsSocketsAndItsShellAlong() {
        String lasting = Long.toString(System.nanoTime());
        try (RunningServer server = script.with("SESSION_TTL_SECONDS", 8).serve()) {
            CodingSession session = server.cockpit().session(repo.path());
            Socket events = session.openEvents("");
            Socket shell = session.openPty();
            shell.send("setsid nohup sleep " + lasting + " >/dev/null 2>&1 & echo star''ted\r");
            shell.until("started");

            assertThat(shell.awaitClose().closeCode()).isEqualTo(1008);
            assertThat(events.awaitClose().closeCode()).isEqualTo(1008);
            Eventually.holds(() -> "no sleep after the session", Duration.ofSeconds(60), () -> !runs(lasting));
            server.cockpit()
                    .get(session.token(), "/api/session/" + session.id())
                    .expect(401);
            server.terminate();
        }
    }

    /** The container reuses what belongs to a request; when it does so too early, the request after it fails. */
    @Test
    void clientsThatLeaveAtOnceAreInNobodysWay() throws Exception {
        try (RunningServer server =
                script.with("EVENT_READERS_PER_SESSION", 200).serve()) {
            CodingSession session = server.cockpit().session(repo.path());
            ExecutorService clients = Executors.newFixedThreadPool(8);
            try {
                List<Future<?>> all = IntStream.range(0, 8)
                        .<Future<?>>mapToObj(client -> clients.submit(() -> {
                            for (int i = 0; i < 60; i++) {
                                session.openEvents("&resumeSeq=0").close();
                                server.cockpit()
                                        .get(session.token(), "/api/session/" + session.id())
                                        .expect(200);
                            }
                        }))
                        .toList();
                for (Future<?> each : all) {
                    each.get(2, TimeUnit.MINUTES);
                }
            } finally {
                clients.shutdownNow();
            }
            server.terminate();
            assertThat(server.log()).doesNotContain("IllegalStateException").doesNotContain("NullPointerException");
        }
    }

    @Test
    void aSecondServerIsRefusedAndTheFirstGoesOn() {
        try (RunningServer server = script.serve()) {
            Cockpit cockpit = server.cockpit();
            String code = cockpit.pairingCode();

            refuses(
                    new RunScript(directory)
                            .with("PORT", script.port())
                            .with("COCKPIT_HOME", directory.resolve("other")),
                    "PORT " + script.port() + " is taken");
            refuses(new RunScript(directory), "COCKPIT_HOME is in use by another server");

            assertThat(cockpit.pairingCode()).isEqualTo(code);
            assertThat(cockpit.get(null, "/").expect(200).text()).contains("<title>");
            cockpit.session(repo.path()).openPty().close();
            assertThat(server.log()).contains("ready in");
            server.terminate();
        }
    }

    @Test
    void aValueThatCannotBeUsedIsOneClearLine() {
        for (String port : List.of("http", "0", "65536", "-1", "8080 ", "99999999999999999999")) {
            refuses(new RunScript(directory).with("PORT", port), "PORT must be a number from 1 to 65535");
        }
        refuses(new RunScript(directory).with("API_BASE", "nonsense"), "API_BASE");
        refuses(new RunScript(directory).with("TERMINAL_MAX", "many"), "TERMINAL_MAX");
        refuses(script.with("JWT_SECRET", "too-short"), "JWT_SECRET");
        refuses(new RunScript(directory).with("REPO_ALLOWLIST", directory.resolve("not-there")), "REPO_ALLOWLIST");
    }

    private static void refuses(RunScript script, String reason) {
        Ended ended = script.run();
        assertThat(ended.code()).as(ended.toString()).isNotZero();
        assertThat(ended.errors().lines())
                .as(ended.toString())
                .singleElement()
                .asString()
                .startsWith("run.sh: ")
                .contains(reason)
                .hasSizeLessThan(300);
        assertThat(ended.output())
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("#pair=");
    }

    @Test
    void helpIsUsageAndAnUnknownOptionIsRefused() {
        Ended help = script.run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("Usage:", "REPO_ALLOWLIST", "COCKPIT_HOME", "PORT");
        assertThat(help.errors()).isEmpty();

        Ended unknown = script.run("--unknown");
        assertThat(unknown.code()).isNotZero();
        assertThat(unknown.errors()).contains("Usage:", "unknown option: --unknown");
        assertThat(script.home()).doesNotExist();
    }

    private static boolean runs(String argument) {
        return !RunningServer.processesNaming(argument).isEmpty();
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
