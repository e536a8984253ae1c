package dev.cockpitcoder.it;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.CuttableProxy;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.V1Client;

import static org.assertj.core.api.Assertions.assertThat;

/** Shells, over the text protocol of existing clients and over {@code cockpit.pty.v1}. */
class TerminalIT extends Deployed {
    @TempDir
    Path temp;

    @Test
    void anExistingClientWorksInARealShellInTheRepository() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket pty = session.openPty()) {
            pty.send("printf 'cwd=%s=\\n' \"$(pwd -P)\"; tty\r");
            assertThat(pty.until("/dev/pts/")).contains("cwd=" + REPO.path() + "=");
            pty.send("{\"type\":\"resize\",\"cols\":133,\"rows\":41}").send("stty size\r");
            pty.until("41 133");
        }
    }

    @Test
    void pastedJsonIsInputUnlessItIsExactlyAResize() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket pty = session.openPty()) {
            pty.send(
                    "stty -echo; printf 'REA''DY'; cat > pasted; stty echo; stty size; git hash-object pasted; cat pasted; rm pasted; echo DO''NE\r");
            pty.until("READY");
            for (String pasted : List.of(
                    "x {\"type\":\"resize\",\"cols\":10,\"rows\":5} y\r",
                    "{\"type\":\"resize\",\"cols\":10,\"rows\":5,\"more\":1}\r",
                    "{\"type\":\"resize\",\"cols\":10}\r",
                    "{\"type\":\"resize\",\"cols\":10,\"rows\":5}{}\r",
                    "[{\"type\":\"resize\",\"cols\":10,\"rows\":5}]\r",
                    "\u0004")) {
                pty.send(pasted);
            }
            String seen = pty.until("DONE");
            assertThat(seen)
                    .doesNotContain("\n5 10\r")
                    .contains("x {\"type\":\"resize\"")
                    .contains("[{\"type\"")
                    .contains(",\"more\":1}");
        }
    }

    @Test
    void textIsNeverSplitInsideACharacterAndBadBytesAreReplaced() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket pty = session.openPty()) {
            pty.send(
                    "for i in $(seq 20000); do printf '\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80'; done; printf 'bad\\xff\\xfeend'; printf '\\nDO''NE\\n'\r");
            String seen = pty.until("DONE\r\n");
            assertThat(seen.split("€😀", -1).length - 1).isEqualTo(20_000);
            assertThat(seen).contains("bad\uFFFD\uFFFDend");
            assertThat(seen.replace("bad\uFFFD\uFFFDend", "")).doesNotContain("\uFFFD");
        }
    }

    @Test
    void aDroppedSocketFindsItsShellAgainAndTheEndIsANormalClose() {
        CodingSession session = cockpit.session(REPO.path());
        Socket first = session.openPty();
        first.send("MARK=before; echo ready-$MARK\r").until("ready-before");
        first.drop();

        try (Socket second = session.openPty()) {
            second.until("ready-before");
            second.send("echo again-$MARK\r").until("again-before");
            second.send("exit\r");
            assertThat(second.awaitClose().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void theShellHasNothingOfTheServersEnvironment() {
        CodingSession session = cockpit.session(REPO.path());
        try (Socket pty = session.openPty()) {
            pty.send(
                    "env | grep -ciE 'jwt|secret|token|password|canary|allowlist'; env | sort | cut -d= -f1 | tr '\\n' ' '; echo DO''NE\r");
            String seen = pty.until("DONE");
            assertThat(seen)
                    .contains("\r\n0\r\n")
                    .contains("HOME")
                    .contains("TERM")
                    .doesNotContain("COCKPIT_HOME");
        }
    }

    @Test
    void sixteenMebibytesOfRandomDataArriveUnchanged() throws Exception {
        byte[] data = new byte[16 << 20];
        new Random(42).nextBytes(data);
        Path file = Files.write(temp.resolve("random"), data);
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client client = new V1Client(session)) {
            client.attach();
            client.type("stty raw -echo; printf RE''ADY; cat '" + file + "'; stty sane\r")
                    .until("READY");
            int start = client.until("READY").indexOf("READY") + "READY".length();

            assertThat(sha256(client.bytes(start, data.length))).isEqualTo(sha256(data));
        }
    }

    @Test
    void nothingIsLostOrDoubledWhenTheNetworkKeepsDropping() {
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client client = new V1Client(session)) {
            client.attach();
            client.type(
                            "stty -echo; PS1=; echo STA''RT; for i in $(seq 200); do read -r x; echo \"got $x\"; seq 500; done; echo EN''D\r")
                    .until("START");
            for (int i = 0; i < 200; i++) {
                client.type("line" + i + "\r");
                if (i % 5 == 0) {
                    client.drop();
                    client.attach();
                }
            }
            String seen = client.until("END");
            assertThat(seen.lines().filter(line -> line.startsWith("got ")))
                    .containsExactlyElementsOf(IntStream.range(0, 200)
                            .mapToObj(i -> "got line" + i)
                            .toList());
            assertThat(seen.lines().filter(line -> line.equals("500")).count()).isEqualTo(200);
        }
    }

    @Test
    void theExitCodeIsToldAfterAllOutput() {
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client client = new V1Client(session)) {
            client.attach();
            client.type("seq 100000; exit 7\r");

            JsonObject exit = client.await("exit");

            assertThat(exit.getInt("code")).isEqualTo(7);
            assertThat(exit.getJsonNumber("offset").intValue()).isEqualTo(client.received());
            assertThat(client.until("100000")).contains("99999");
            assertThat(client.socket().awaitClose().closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void badControlFramesAreRefusedAndTheSocketStays() {
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client client = new V1Client(session)) {
            client.attach();
            for (String frame : List.of(
                    "{\"type\":\"resize\",\"cols\":0,\"rows\":24}",
                    "{\"type\":\"resize\",\"cols\":-1,\"rows\":24}",
                    "{\"type\":\"resize\",\"cols\":65536,\"rows\":24}",
                    "{\"type\":\"nonsense\"}",
                    "[]",
                    "x",
                    "{\"type\":\"ack\",\"offset\":99999999}")) {
                client.control(frame);
                assertThat(client.await("error").getString("message")).isNotBlank();
            }
            client.type("echo still he''re\r").until("still here");
        }
    }

    @Test
    void terminalsAreListedMadeAndClosed() {
        CodingSession session = cockpit.session(REPO.path());
        JsonObject made = cockpit.post(
                        session.token(), "/api/terminals", "{\"cols\":100,\"rows\":30,\"drain\":\"lossless\"}")
                .expect(201)
                .json();
        String path = "/api/terminals/" + made.getString("id");

        assertThat(cockpit.get(session.token(), "/api/terminals")
                        .expect(200)
                        .json()
                        .getJsonArray("terminals"))
                .hasSize(1);
        assertThat(cockpit.get(session.token(), path).expect(200).json().getInt("cols"))
                .isEqualTo(100);
        cockpit.get(cockpit.session(REPO.path()).token(), path).expectProblem(404);
        cockpit.get(session.token(), "/api/terminals/" + UUID.randomUUID()).expectProblem(404);
        cockpit.post(session.token(), "/api/terminals", "{\"cols\":0,\"rows\":30}")
                .expectProblem(422);
        cockpit.post(session.token(), "/api/terminals", "{\"drain\":\"fast\"}").expectProblem(422);
        assertThat(made.getString("drain")).isEqualTo("lossless");
        cockpit.get(cockpit.operator(), "/api/terminals").expectProblem(403);

        cockpit.delete(session.token(), path).expect(200);
        cockpit.get(session.token(), path).expectProblem(404);
    }

    @Test
    void outputIsReadInRanges() {
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client client = new V1Client(session)) {
            String output = "/api/terminals/" + client.attach().getString("terminal") + "/output";
            client.type("stty -echo; PS1=; cat /dev/zero | head -c 17000000 | tr '\\0' x; echo DO''NE; sleep 1000\r");
            client.skipUntil("DONE\r\n");

            Answer first = cockpit.get(session.token(), output).expect(206);
            long head = Long.parseLong(first.header("Output-Head"));
            long oldest = Long.parseLong(first.header("Output-Oldest"));
            assertThat(oldest).isEqualTo(head - (16 << 20));
            assertThat(first.bytes()).hasSize(1 << 20);
            assertThat(first.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(first.header("Content-Range"))
                    .isEqualTo("bytes " + oldest + "-" + (oldest + (1 << 20) - 1) + "/" + head);
            assertThat(first.header("Output-To")).isEqualTo(String.valueOf(oldest + (1 << 20)));

            assertThat(cockpit.get(session.token(), output + "?from=1&limit=5")
                            .expect(206)
                            .header("Output-From"))
                    .isEqualTo(String.valueOf(oldest));
            assertThat(cockpit.get(session.token(), output + "?limit=99999999&from=" + (head - 6))
                            .expect(206)
                            .text())
                    .isEqualTo("DONE\r\n");
            assertThat(cockpit.get(session.token(), output + "?from=" + head)
                            .expect(204)
                            .header("Output-To"))
                    .isEqualTo(String.valueOf(head));

            Answer beyond = cockpit.get(session.token(), output + "?from=" + (head + 1));
            JsonObject problem = beyond.expectProblem(416);
            assertThat(problem.getString("code")).isEqualTo("RANGE_NOT_SATISFIABLE");
            assertThat(problem.getJsonNumber("oldest").longValue()).isEqualTo(oldest);
            assertThat(problem.getJsonNumber("head").longValue()).isEqualTo(head);
            assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + head);
            for (String bad : List.of("from=-1", "from=x", "limit=0", "limit=-1", "from=9999999999999999999")) {
                cockpit.get(session.token(), output + "?" + bad).expectProblem(422);
            }
            cockpit.get(cockpit.session(REPO.path()).token(), output).expectProblem(404);
        }
    }

    @Test
    void aLinkThatWentDeadIsFoundWithinTenSeconds() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client here = new V1Client(session);
                CuttableProxy network =
                        new CuttableProxy(URI.create(cockpit.base()).getPort())) {
            String terminal = "/api/terminals/" + here.attach().getString("terminal");
            Socket far = Socket.open("ws" + network.base().substring("http".length()) + "/ws/pty?" + session.query());
            here.type("echo still he''re\r");
            far.until("still here");
            assertThat(viewers(session, terminal)).isEqualTo(2);

            network.goDead();
            long since = System.nanoTime();
            while (viewers(session, terminal) > 1) {
                here.await("heartbeat");
                assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(13));
            }
            here.type("echo and he''re\r").until("and here");
        }
    }

    /** As proxies do it after 60 seconds: here after five, and the server speaks and asks every three. */
    @Test
    void idleLinksOutliveAProxyThatCutsWhatIsSilent() throws Exception {
        Duration patience = Duration.ofSeconds(5);
        CodingSession session = cockpit.session(REPO.path());
        try (V1Client here = new V1Client(session);
                CuttableProxy network =
                        new CuttableProxy(URI.create(cockpit.base()).getPort())) {
            network.cutIdle(patience);
            String id = here.attach().getString("terminal");
            here.type("echo still he''re\r").until("still here");
            String base = "ws" + network.base().substring("http".length()) + "/ws/pty?";
            try (var silent =
                    new java.net.Socket("127.0.0.1", URI.create(network.base()).getPort())) {
                silent.getOutputStream().write('G');
                await(() -> network.idleCuts() == 1);
            }
            try (Socket text = Socket.open(base + session.query());
                    Socket v1 = Socket.open(base + session.query(), List.of("cockpit.pty.v1"), List.of())) {
                v1.send("{\"type\":\"attach\",\"terminal\":\"" + id + "\",\"readOnly\":true}");
                text.until("still here");
                long since = System.nanoTime();
                while (System.nanoTime() - since < patience.multipliedBy(3).toNanos()) {
                    here.await("heartbeat");
                }
                assertThat(network.idleCuts()).isEqualTo(1);
                assertThat(viewers(session, "/api/terminals/" + id)).isEqualTo(3);
                text.send("echo and he''re\r");
                text.until("and here");
            }
        }
    }

    @Test
    void whatTerminalsDoIsCounted() {
        CodingSession session = cockpit.session(REPO.path());
        double output = metric("cockpit_terminal_output_bytes");
        double input = metric("cockpit_terminal_input_bytes");
        double replayed = metric("cockpit_terminal_replayed_bytes");
        double gaps = metric("cockpit_terminal_gaps");
        double paused = metric("cockpit_terminal_paused_seconds");
        try (V1Client client = new V1Client(session)) {
            String terminal = client.attach().getString("terminal");
            client.type("seq 20000; echo the-$((1+1))nd\r").until("the-2nd");
            try (V1Client again = new V1Client(session, terminal)) {
                again.attach();
                again.until("the-2nd");
                assertThat(metric("cockpit_terminal_viewers")).isGreaterThanOrEqualTo(2);
            }
            assertThat(metric("cockpit_terminals_running")).isPositive();
        }
        assertThat(metric("cockpit_terminal_output_bytes") - output).isGreaterThan(100_000);
        assertThat(metric("cockpit_terminal_input_bytes") - input).isGreaterThan(20);
        assertThat(metric("cockpit_terminal_replayed_bytes") - replayed).isGreaterThan(100_000);
        assertThat(metric("cockpit_terminal_gaps")).isGreaterThanOrEqualTo(gaps);
        assertThat(metric("cockpit_terminal_paused_seconds")).isGreaterThanOrEqualTo(paused);
    }

    private double metric(String name) {
        return cockpit.get(null, "/metrics")
                .expect(200)
                .text()
                .lines()
                .filter(line ->
                        line.startsWith(name + "{") || line.startsWith(name + " ") || line.startsWith(name + "_"))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private int viewers(CodingSession session, String terminal) {
        return cockpit.get(session.token(), terminal).expect(200).json().getInt("viewers");
    }

    @Test
    void endingASessionEndsEverythingItStarted() throws Exception {
        CodingSession session = cockpit.session(REPO.path());
        String mark = String.valueOf(100_000 + new Random().nextInt(900_000));
        Socket pty = session.openPty();
        pty.send(
                        ("sleep M & setsid nohup sleep M >/dev/null 2>&1 & (setsid sh -c 'trap \"\" TERM HUP; sleep M; sleep M' &); echo U''P\r")
                                .replace("M", mark))
                .until("UP");
        await(() -> sleeping(mark) >= 3);

        session.end().expect(200);

        assertThat(pty.awaitClose().closeCode()).isEqualTo(1008);
        await(() -> sleeping(mark) == 0);
        cockpit.get(session.token(), "/api/terminals").expectProblem(401);
    }

    private static long sleeping(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(mark))
                .count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within eight seconds").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
