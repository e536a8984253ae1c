package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real shells, real programs; only the socket is not one. */
@Timeout(60)
class TerminalsTest {
    private static final int LOG_BYTES = 1 << 20;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final TerminalSize SIZE = TerminalSize.DEFAULT;

    private static final Terminals.Listener QUIET = new Terminals.Listener() {
        @Override
        public void opened(Terminal terminal) {}

        @Override
        public void ended(Terminal terminal) {}

        @Override
        public void noticed(Terminal terminal, PtyMessage.Notice notice) {}
    };

    @TempDir
    private Path directory;

    private final UUID session = UUID.randomUUID();
    private final Set<UUID> endedSessions = ConcurrentHashMap.newKeySet();
    private final List<String> told = new ArrayList<>();
    private WorkerThreads threads;
    private Terminals terminals;

    @BeforeEach
    void open() throws IOException {
        open(LOG_BYTES, Isolation.NONE);
    }

    private void open(int logBytes, Isolation isolation) throws IOException {
        Files.createDirectories(directory.resolve("repo"));
        Files.createDirectories(directory.resolve("logs"));
        threads = new WorkerThreads(
                "terminal",
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                64);
        TerminalConfig config = config(logBytes, isolation, Duration.ofMinutes(1));
        terminals = new Terminals(
                config, directory.resolve("logs"), List.of(), threads, this::repository, new Terminals.Listener() {
                    @Override
                    public void opened(Terminal terminal) {
                        tell("opened");
                    }

                    @Override
                    public void ended(Terminal terminal) {
                        tell("ended " + terminal.record().exitCode());
                    }

                    @Override
                    public void noticed(Terminal terminal, PtyMessage.Notice notice) {}
                });
    }

    private TerminalConfig config(int logBytes, Isolation isolation, Duration retention) {
        return new TerminalConfig(
                isolation,
                Path.of("/bin/bash"),
                Map.of("LANG", "C.UTF-8", "HOME", directory.toString()),
                logBytes,
                3,
                4,
                PAUSE,
                retention,
                Limits.NONE,
                Culling.OFF);
    }

    private Path repository(UUID sessionId) {
        if (endedSessions.contains(sessionId)) {
            throw ProblemException.notFound("ended");
        }
        return directory.resolve("repo");
    }

    private synchronized void tell(String what) {
        told.add(what);
    }

    private synchronized List<String> told() {
        return List.copyOf(told);
    }

    @AfterEach
    void close() {
        terminals.close();
        threads.close();
    }

    // the text protocol

    @Test
    void textClientsGetALoginShellInTheRepository() throws Exception {
        FakeClient client = textClient();

        client.type("echo \"at=$PWD login=$(shopt -q login_shell && echo yes) home=$HOME\"\r");

        client.peer.until(() -> client.peer
                .text()
                .contains("at=" + directory.toRealPath().resolve("repo") + " login=yes home=" + directory));
    }

    @Test
    void aReconnectFindsTheSameShellWithItsRecentOutput() throws Exception {
        FakeClient first = textClient();
        first.type("x=4; echo first-$((x+x))\r");
        first.peer.until(() -> first.peer.text().contains("first-8"));
        first.connection.gone();

        FakeClient second = textClient();
        second.peer.until(() -> second.peer.text().contains("first-8"));
        second.type("echo second-$((x*x))\r");

        second.peer.until(() -> second.peer.text().contains("second-16"));
        assertThat(terminals.of(session)).hasSize(1);
    }

    /** Without waiting for the prompt the command would be echoed twice, and the end-of-file would be lost. */
    @Test
    void whatIsTypedBeforeTheFirstPromptWaitsForIt() throws Exception {
        Files.writeString(directory.resolve(".bash_profile"), "sleep 0.5; PS1='$ '");
        FakeClient client = textClient();
        client.type("cat > typed\r");
        client.type("one line\r");

        client.peer.until(() -> client.peer.text().contains("one line\r\n"));
        client.type("\u0004");
        client.type("echo; wc -l typed\r");

        client.peer.until(() -> client.peer.text().contains("\r\n1 typed\r\n"));
        assertThat(client.peer.text()).containsOnlyOnce("cat > typed").startsWith("$ cat");
    }

    @Test
    void aFrameThatIsAResizeResizesAndPastedTextThatContainsOneIsInput() throws Exception {
        FakeClient client = textClient();
        client.connection.text("{\"type\":\"resize\",\"cols\":101,\"rows\":33}");
        client.type("echo '{\"type\":\"resize\",\"cols\":5,\"rows\":5}'; stty size\r");

        client.peer.until(() -> client.peer.text().contains("33 101\r\n"));
        assertThat(client.peer.text()).contains("\n{\"type\":\"resize\",\"cols\":5,\"rows\":5}\r\n");
    }

    @Test
    void textOutputIsNeverCutInsideACharacter() throws Exception {
        String euros = "€𝄞ä".repeat(30_000);
        Files.writeString(directory.resolve("repo/euros"), euros + "\n");
        FakeClient client = textClient();

        client.type("cat euros; printf 'a\\377b'; echo; echo the-$((1+1))nd\r");
        client.peer.until(() -> client.peer.text().contains("the-2nd"));

        assertThat(client.peer.text()).contains(euros).contains("a\uFFFDb");
        assertThat(client.peer.text().replace("a\uFFFDb", "")).doesNotContain("\uFFFD");
    }

    @Test
    void theEndOfTheShellClosesNormallyAndTheNextAttachStartsANewOne() throws Exception {
        FakeClient client = textClient();
        client.type("exit 5\r");
        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);

        Terminal ended = terminals.of(session).get(0);
        assertThat(ended.record().exitCode()).isEqualTo(5);
        assertThat(ended.record().isDefault()).isTrue();
        textClient();
        assertThat(terminals.of(session)).hasSize(2);
        Await.until(
                () -> told().toString(),
                () -> told().equals(List.of("opened", "opened", "ended 5"))
                        || told().equals(List.of("opened", "ended 5", "opened")));
    }

    @Test
    void aPasteOfOneMebibyteArrivesIntact() throws Exception {
        String paste = randomText(1 << 20);
        FakeClient client = textClient();
        client.type("stty raw -echo; head -c " + paste.length() + " | sha256sum; stty sane; echo the-$((1+1))nd\r");
        client.peer.until(() -> client.peer.text().contains("echo the-$"));
        // not before the terminal is raw, or it would cut lines at 4096 bytes
        Await.until(client.peer::text, () -> isRaw());

        client.type(paste);

        client.peer.until(() -> client.peer.text().contains("the-2nd"));
        assertThat(client.peer.text()).contains(sha256(paste.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isRaw() throws IOException {
        // head reads only after stty has run
        return isRunning("head\0-c\0" + (1 << 20));
    }

    /** @param commandLine its words, a zero between them */
    private static boolean isRunning(String commandLine) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.map(process -> process.resolve("cmdline")).anyMatch(file -> read(file)
                    .startsWith(commandLine));
        }
    }

    private static String read(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException gone) {
            return "";
        }
    }

    // cockpit.pty.v1

    @Test
    void sixteenMebibytesOfRandomBytesReachAV1ClientUnchanged() throws Exception {
        byte[] bytes = new byte[16 << 20];
        new Random(3).nextBytes(bytes);
        Files.write(directory.resolve("repo/random"), bytes);
        close();
        open(32 << 20, Isolation.NONE);
        FakeClient client = v1Client("");
        client.type(0, "stty raw -echo; printf %s ST ART; cat random\r");
        client.peer.until(() -> {
            client.ackAll();
            return client.next() >= bytes.length && client.after("START").length >= bytes.length;
        });

        assertThat(sha256(Arrays.copyOf(client.after("START"), bytes.length))).isEqualTo(sha256(bytes));
        assertThat(client.peer.messages("gap")).isEmpty();
    }

    @Test
    void resumesAtAnOffset() throws Exception {
        FakeClient first = v1Client("");
        first.type(0, "echo one-$((1+1))\r");
        first.peer.until(() -> new String(first.peer.data()).contains("one-2"));
        long drawn = first.next();
        first.connection.gone();
        Terminal terminal = terminals.of(session).get(0);
        terminal.source("somebody-else").take("echo two-$((2+2))\r".getBytes(), Duration.ofSeconds(1));

        FakeClient second = v1Client("\"from\":" + drawn);
        second.peer.until(() -> new String(second.peer.data()).contains("two-4"));

        assertThat(second.peer.frames().get(0)[0]).isEqualTo(drawn);
        assertThat(new String(second.peer.data())).doesNotContain("one-2");
        String seen = new String(first.peer.data(), 0, (int) drawn) + new String(second.peer.data());
        byte[] all = new byte[(int) terminal.log().head()];
        terminal.log().read(0, all, 0, all.length);
        assertThat(new String(all)).startsWith(seen);
    }

    @Test
    void inputIsNeitherLostNorTypedTwice() throws Exception {
        FakeClient first = v1Client("\"inputId\":\"my-phone\"");
        first.type(0, "echo un");
        first.awaitInputAck(7);
        first.connection.gone();

        FakeClient second = v1Client("\"inputId\":\"my-phone\"");
        assertThat(second.peer.awaitMessage("attached").getInt("inputOffset")).isEqualTo(7);
        second.type(0, "echo unique-$((3*3))\r");
        second.type(0, "echo unique-$((3*3))\r");
        second.peer.until(() -> new String(second.peer.data()).contains("unique-9"));

        second.awaitInputAck(21);
        assertThat(new String(second.peer.data())).containsOnlyOnce("unique-9").doesNotContain("ununique");
        second.type(100, "after a hole");
        second.peer.until(() -> second.peer.closeCode() == CloseCode.REFUSED);
    }

    @Test
    void anEmptyFrameOfATextClientIsNothing() throws Exception {
        FakeClient client = textClient();
        client.type("");
        client.type("echo still-$((1+1))\r");

        client.peer.until(() -> client.peer.text().contains("still-2"));
        assertThat(client.peer.closeCode()).isZero();
    }

    /** A frame of its own for each key would be in the way of the echo. */
    @Test
    void whatTheProgramDoesNotAnswerIsAcknowledgedALittleLater() throws Exception {
        FakeClient client = v1Client("");
        String command = "stty -echo; echo quiet-$((1+1)); exec sleep 60\r";
        client.type(0, command);
        client.peer.until(() -> new String(client.peer.data()).contains("quiet-2"));
        client.awaitInputAck(command.length());
        // the wait that the command began may last until this one is acknowledged
        client.type(command.length(), "x");
        client.awaitInputAck(command.length() + 1);

        long begin = System.nanoTime();
        client.type(command.length() + 1, "y");
        client.awaitInputAck(command.length() + 2);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(15));
    }

    @Test
    void noMoreThanTheWindowIsUnderWayAndALaggingClientIsToldWhatItMissed() throws Exception {
        FakeClient client = v1Client("\"window\":16384");
        Terminal terminal = terminals.of(session).get(0);
        client.type(0, "head -c 3000000 /dev/zero | tr '\\0' x; echo the-$((1+1))nd\r");
        Await.until(client.peer::text, () -> terminal.log().head() > 3_000_000 && contains(terminal, "the-2nd"));
        assertThat(client.peer.data().length).isLessThanOrEqualTo(16384);

        client.peer.until(() -> {
            client.ackAll();
            return new String(client.peer.data()).contains("the-2nd");
        });

        long missed = client.peer.messages("gap").stream()
                .mapToLong(gap -> gap.getInt("to") - gap.getInt("from"))
                .sum();
        assertThat(missed).isPositive();
        assertThat(client.peer.data().length + missed).isEqualTo(client.next());
        assertThat(client.peer.messages("gap").get(0).getInt("to"))
                .isEqualTo(client.peer.frames().stream()
                        .filter(frame -> frame[0] > 16384)
                        .findFirst()
                        .orElseThrow()[0]);
    }

    @Test
    void aClientThatNeverReadsHoldsNobodyUp() throws Exception {
        FakeClient stalled = v1Client("");
        stalled.peer.awaitMessage("attached");
        stalled.peer.stopReading();
        FakeClient reader = v1Client("\"window\":4194304");

        reader.type(0, "head -c 8000000 /dev/zero | tr '\\0' x; echo the-$((1+1))nd\r");
        reader.peer.until(() -> {
            reader.ackAll();
            return endsWithin(reader.peer.data(), "the-2nd");
        });

        Viewer viewer = terminals.of(session).get(0).viewers().get(0);
        Await.until(() -> "not stuck", () -> viewer.stuckFor(Duration.ofMillis(1)));
        assertThat(stalled.peer.data().length).isLessThan(64 * 1024);
        stalled.connection.close(CloseCode.TRY_LATER, "does not read");
        assertThat(terminals.of(session).get(0).viewers()).hasSize(1);
    }

    @Test
    void everyoneIsToldTheSizeAndAttachingChangesNothing() throws Exception {
        FakeClient one = v1Client("\"cols\":90,\"rows\":30");
        FakeClient two = v1Client("\"cols\":10,\"rows\":10");
        assertThat(two.peer.awaitMessage("attached").getInt("cols")).isEqualTo(90);

        two.connection.text("{\"type\":\"resize\",\"cols\":70,\"rows\":20}");

        assertThat(one.peer.awaitMessage("size").getInt("cols")).isEqualTo(70);
        assertThat(two.peer.awaitMessage("size").getInt("rows")).isEqualTo(20);
        one.type(0, "stty size\r");
        one.peer.until(() -> new String(one.peer.data()).contains("20 70\r\n"));
    }

    @Test
    void exitComesAfterAllOutput() throws Exception {
        FakeClient client = v1Client("");
        client.type(0, "head -c 100000 /dev/zero | tr '\\0' x; exit 9\r");

        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);

        assertThat(client.peer.awaitMessage("exit").getInt("code")).isEqualTo(9);
        assertThat(client.peer.awaitMessage("exit").getInt("offset")).isEqualTo((int) client.next());
        assertThat(client.peer.data().length).isGreaterThan(100_000);
        FakeClient late =
                v1Client("\"terminal\":\"" + terminals.of(session).get(0).id() + "\",\"tail\":100");
        late.peer.until(() -> late.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(late.peer.data()).hasSize(100);
    }

    @Test
    void whatIsRefusedIsToldAndTheConnectionGoesOn() throws Exception {
        FakeClient client = v1Client("");
        client.peer.awaitMessage("attached");
        for (String frame : List.of(
                "{\"type\":\"resize\",\"cols\":0,\"rows\":1}",
                "{\"type\":\"resize\",\"cols\":65536,\"rows\":-1}",
                "{\"type\":\"unknown\"}",
                "{\"type\":\"attach\"}",
                "{\"type\":\"ack\",\"offset\":99999999}",
                "nonsense")) {
            client.connection.text(frame);
        }
        client.connection.binary(new byte[8]);

        client.peer.until(() -> client.peer.messages("error").size() == 7);
        assertThat(client.peer.closeCode()).isZero();
    }

    @Test
    void attachesThatCannotBeAreRefused() {
        assertThat(refusedAttach("{\"type\":\"ack\",\"offset\":0}")).isEqualTo(CloseCode.MALFORMED);
        assertThat(refusedAttach("{\"type\":\"attach\",\"cols\":0}")).isEqualTo(CloseCode.MALFORMED);
        assertThat(refusedAttach("{\"type\":\"attach\",\"from\":99999999}")).isEqualTo(CloseCode.MALFORMED);
        assertThat(refusedAttach("{\"type\":\"attach\",\"terminal\":\"" + UUID.randomUUID() + "\"}"))
                .isEqualTo(CloseCode.NO_SUCH_TERMINAL);
        assertThat(refusedAttach("x".repeat(20_000))).isEqualTo(CloseCode.TOO_LARGE);
    }

    private int refusedAttach(String frame) {
        FakeClient client = client(true);
        client.connection.text(frame);
        return client.peer.closeCode();
    }

    @Test
    void onlookersCannotType() throws Exception {
        FakeClient client = v1Client("\"readOnly\":true");
        client.type(0, "echo no\r");
        assertThat(client.peer.awaitMessage("error").getString("code")).isEqualTo("READ_ONLY");
    }

    @Test
    void twoConnectionsOfOneClientBothHearOfTheirInput() throws Exception {
        FakeClient one = v1Client("\"inputId\":\"my-phone\"");
        FakeClient two = v1Client("\"inputId\":\"my-phone\"");
        two.peer.awaitMessage("attached");

        one.type(0, "echo 1\r");

        one.awaitInputAck(7);
        two.awaitInputAck(7);
    }

    // life and death

    @Test
    void aShellUnderBubblewrapHasJobControlAndLeavesNothing() throws Exception {
        assumeTrue(Isolation.of("auto") == Isolation.BUBBLEWRAP, "bubblewrap does not work on this machine");
        close();
        open(LOG_BYTES, Isolation.BUBBLEWRAP);
        FakeClient client = textClient();
        client.type("echo \"home=$HOME\"; sleep 86398.5\r");
        client.peer.until(() -> client.peer.text().contains("home=" + directory + "\r\n"));
        Await.until(client.peer::text, () -> isRunning("sleep\00086398.5"));

        client.type("\u001a");
        client.peer.until(() -> client.peer.text().contains("Stopped"));
        client.type("fg\r");
        client.peer.until(() -> client.peer.text().contains("fg\r\n"));
        client.type("\u0003");
        Await.until(client.peer::text, () -> !isRunning("sleep\00086398.5"));
        client.type("setsid nohup env -i sleep 86398.5 & echo the-$((1+1))nd\r");
        Await.until(client.peer::text, () -> isRunning("sleep\00086398.5"));

        terminals.end(terminals.of(session).get(0));
        assertThat(isRunning("sleep\00086398.5")).isFalse();
    }

    @Test
    void attachesAtTheSameTimeShareOneShell() {
        List<CompletableFuture<Terminal>> attaches = IntStream.range(0, 16)
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> terminals.requireDefault(session, SIZE, Drain.LATEST)))
                .toList();

        assertThat(attaches.stream().map(CompletableFuture::join).collect(Collectors.toSet()))
                .hasSize(1);
    }

    @Test
    void thereIsALimitPerSessionAndInAll() {
        IntStream.range(0, 3).forEach(i -> terminals.start(session, SIZE, Drain.LATEST));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> terminals.start(session, SIZE, Drain.LATEST))
                .matches(problem -> problem.code() == ProblemCode.TOO_MANY);

        terminals.start(UUID.randomUUID(), SIZE, Drain.LATEST);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> terminals.start(UUID.randomUUID(), SIZE, Drain.LATEST))
                .matches(problem -> problem.code() == ProblemCode.UNAVAILABLE);

        terminals.end(terminals.of(session).get(0));
        terminals.start(session, SIZE, Drain.LATEST);
    }

    @Test
    void anotherSessionsTerminalIsNotThere() {
        Terminal terminal = terminals.start(session, SIZE, Drain.LATEST);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> terminals.require(UUID.randomUUID(), terminal.id()))
                .matches(problem -> problem.code() == ProblemCode.NOT_FOUND);
    }

    @Test
    void theEndOfTheSessionClosesItsSocketsAndEndsItsTrees() throws Exception {
        FakeClient text = textClient();
        FakeClient v1 = v1Client("");
        FakeClient silent = client(true);
        UUID otherSession = UUID.randomUUID();
        Terminal other = terminals.start(otherSession, SIZE, Drain.LATEST);
        text.type("trap '' HUP TERM; setsid nohup sleep 86399.5 & echo the-$((1+1))nd\r");
        text.peer.until(() -> text.peer.text().contains("the-2nd"));
        Terminal terminal = terminals.of(session).get(0);

        endedSessions.add(session);
        long before = System.nanoTime();
        terminals.endSession(session);
        for (FakeClient client : List.of(text, v1, silent)) {
            client.peer.until(() -> client.peer.closeCode() == CloseCode.REFUSED);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));

        Await.until(
                () -> "running",
                () -> !terminal.running() && terminals.of(session).isEmpty());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(other.running()).isTrue();
        assertThat(refusedAttach("{\"type\":\"attach\"}")).isEqualTo(CloseCode.NO_SUCH_TERMINAL);
        assertThat(directory.resolve("logs")).isDirectoryContaining(file -> file.endsWith(other.id() + ".log"));
        Await.until(() -> "log", () -> logs() == 1);
    }

    /** The container stops it twice, the second time without threads. */
    @Test
    void stoppingTwiceWaitsOnce() {
        terminals.start(session, SIZE, Drain.LATEST);
        close();
        long since = System.nanoTime();
        terminals.close();
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void anEndedTerminalIsReadableAfterARestart() throws Exception {
        FakeClient client = v1Client("");
        client.type(0, "echo kept-$((4*4)); exit 3\r");
        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);
        UUID id = terminals.of(session).get(0).id();
        close();
        open(LOG_BYTES, Isolation.NONE);

        Terminal terminal = terminals.require(session, id);
        assertThat(terminal.running()).isFalse();
        assertThat(terminal.record().exitCode()).isEqualTo(3);
        assertThat(terminal.record().isDefault()).isTrue();
        FakeClient late = v1Client("\"terminal\":\"" + id + "\",\"from\":0");
        late.type(0, "is not read by anybody");
        late.connection.text("{\"type\":\"resize\",\"cols\":70,\"rows\":20}");
        late.peer.until(() -> late.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(new String(late.peer.data())).contains("kept-16");
        assertThat(late.peer.awaitMessage("exit").getInt("code")).isEqualTo(3);
        assertThat(terminals.requireDefault(session, SIZE, Drain.LATEST).id()).isNotEqualTo(id);

        terminals.end(terminal);
        Await.until(() -> "log", () -> logs() == 1);
    }

    @Test
    void theTerminalsOfAKilledServerAreListedUntilTheirRetentionEnds() throws Exception {
        Terminal running = terminals.start(session, new TerminalSize(70, 20), Drain.LATEST);
        running.source("keyboard").take("echo kept-$((4*4))\r".getBytes(), Duration.ofSeconds(1));
        Await.until(() -> "kept", () -> contains(running, "kept-16"));
        Path after = Files.createDirectories(directory.resolve("after"));
        Path copy = after.resolve(running.id() + ".log");
        long before = running.log().head();
        Files.copy(directory.resolve("logs").resolve(running.id() + ".log"), copy);
        Files.writeString(after.resolve(UUID.randomUUID() + ".log"), "torn");
        Files.writeString(after.resolve("stranger.log"), "");

        try (Terminals next = restarted(after, Duration.ofMinutes(1))) {
            Terminal found = next.require(session, running.id());
            assertThat(found.running()).isFalse();
            assertThat(found.record().exitCode()).isNull();
            assertThat(found.record().endedAt()).isNotNull();
            assertThat(found.record().createdAt()).isEqualTo(running.record().createdAt());
            assertThat(found.record().size()).isEqualTo(new TerminalSize(70, 20));
            // the shell may write its next prompt before or after the copy
            assertThat(found.log().head()).isBetween(before, running.log().head());
            assertThat(contains(found, "kept-16")).isTrue();
        }
        assertThat(after).isDirectoryNotContaining(file -> file.toString().endsWith(".log") && !file.equals(copy));
        try (Terminals later = restarted(after, Duration.ZERO)) {
            Await.until(() -> "forgotten", () -> later.of(session).isEmpty() && !Files.exists(copy));
        }
    }

    private Terminals restarted(Path logs, Duration retention) {
        return new Terminals(
                config(LOG_BYTES, Isolation.NONE, retention), logs, List.of(), threads, this::repository, QUIET);
    }

    @Test
    @Timeout(180)
    void twoHundredTerminalsLeaveNothingBehind() throws Exception {
        IntStream.range(0, 5).forEach(i -> openAndClose(i));
        Leftovers before = Leftovers.now();

        IntStream.range(0, 200).forEach(this::openAndClose);

        Await.until(() -> before + " became " + Leftovers.now(), () -> Leftovers.now()
                .atMost(before));
        assertThat(logs()).isZero();
    }

    private void openAndClose(int i) {
        Terminal terminal = terminals.start(session, SIZE, Drain.LATEST);
        if (i % 2 == 0) {
            terminal.source("somebody").take("sleep 1000 &\r".getBytes(), Duration.ofSeconds(1));
        }
        terminals.end(terminal);
    }

    private long logs() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("logs"))) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }

    /** Of this process alone: the masters of its terminals are among the descriptors. */
    private record Leftovers(long processes, long descriptors, long threads, long mappings) {
        static Leftovers now() throws IOException {
            try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"));
                    Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
                return new Leftovers(
                        ProcessHandle.current().descendants().count(),
                        descriptors.count(),
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !thread.getName().startsWith("terminal-worker"))
                                .count(),
                        mappings.filter(line -> line.contains(".log")).count());
            }
        }

        boolean atMost(Leftovers before) {
            return processes <= before.processes
                    && descriptors <= before.descriptors
                    && threads <= before.threads
                    && mappings <= before.mappings;
        }
    }

    // clients

    private FakeClient textClient() {
        return client(false);
    }

    /** @param members of the attach message */
    private FakeClient v1Client(String members) {
        return client(true).attach(members);
    }

    private FakeClient client(boolean v1) {
        return new FakeClient(v1, session, terminals, threads);
    }

    private static boolean contains(Terminal terminal, String text) {
        byte[] tail = new byte[1000];
        long from = Math.max(0, terminal.log().head() - tail.length);
        int count = terminal.log().read(from, tail, 0, tail.length);
        return count > 0 && new String(tail, 0, count).contains(text);
    }

    private static boolean endsWithin(byte[] data, String text) {
        return new String(data, Math.max(0, data.length - 1000), Math.min(1000, data.length)).contains(text);
    }

    private static String randomText(int length) {
        return new Random(5)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
