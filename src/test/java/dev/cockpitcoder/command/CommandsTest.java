package dev.cockpitcoder.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.persistence.Databases;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.terminal.RealTerminals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real programs, started, watched and ended. */
class CommandsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private record Event(String type, Channel channel, String text, Instant at) {}

    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, 64);
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final UUID session = UUID.randomUUID();
    /** In the command line of every process of one test, and nowhere else. */
    private final String mark = "86395." + System.nanoTime();

    @TempDir
    private Path directory;

    private Path repository;
    private RealTerminals terminals;
    private Commands commands;

    @BeforeEach
    void makeRepository() throws Exception {
        repository = Files.createDirectories(directory.toRealPath().resolve("repo/sub"))
                .getParent();
        terminals = new RealTerminals(directory.resolve("terminals"), threads, 2);
    }

    @AfterEach
    void close() {
        if (commands != null) {
            commands.close();
        }
        terminals.close();
        threads.close();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aCommandRunsWithItsOutputInOrderAndItsExitCode(Isolation isolation) {
        CommandView view = run(isolation, "echo one; echo two >&2; pwd; exit 3", null, null);

        assertThat(view.status()).isEqualTo("failed");
        assertThat(view.ok()).isFalse();
        assertThat(view.code()).isEqualTo(3);
        assertThat(view.output().lines()).containsExactlyInAnyOrder("one", "two", repository.toString());
        assertThat(view.stdoutBytes()).isEqualTo(5 + repository.toString().length());
        assertThat(view.stderrBytes()).isEqualTo(4);
        assertThat(view.signal()).isNull();
        assertThat(commands.require(session, view.id())).isEqualTo(view);
    }

    @Test
    void successIsCompletedAndItsDirectoryIsTheOneAskedFor() {
        CommandView view = run(Isolation.NONE, "pwd", "sub", null);

        assertThat(view.status()).isEqualTo("completed");
        assertThat(view.ok()).isTrue();
        assertThat(view.output()).isEqualTo(repository.resolve("sub") + "\n");
        assertThat(view.cwd()).isEqualTo(repository.resolve("sub").toString());
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void theEnvironmentIsBuiltAndThereIsNoInputAndNoTerminal(Isolation isolation) {
        CommandView view = run(
                isolation, "env | cut -d= -f1 | sort | xargs; cat; (exec < /dev/tty) && echo tty; true", null, null);

        assertThat(view.output().lines().findFirst().orElseThrow().split(" "))
                .isSubsetOf("COCKPIT_TREE", "HOME", "LANG", "LOGNAME", "PATH", "PWD", "SHLVL", "TERM", "USER", "_")
                .contains("HOME", "PATH");
        assertThat(view.output()).doesNotContain("tty\n");
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aTimeoutEndsTheTreeAndTheAnswerSaysSo(Isolation isolation) throws Exception {
        long begin = System.nanoTime();

        CommandView view = run(isolation, "echo first; sleep " + mark + " & sleep " + mark + "; wait", null, 500L);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(view.timedOut()).isTrue();
        assertThat(view.ok()).isFalse();
        assertThat(view.phase()).isEqualTo("timed_out");
        assertThat(view.signal()).isEqualTo("SIGTERM");
        assertThat(view.output()).startsWith("first\n");
        assertThat(alive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whatIgnoresTermIsKilled(Isolation isolation) throws Exception {
        CommandView view = run(
                isolation,
                "trap '' TERM HUP; setsid sh -c 'trap \"\" TERM; sleep " + mark + "; sleep " + mark + "'",
                null,
                300L);

        assertThat(view.timedOut()).isTrue();
        assertThat(alive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whatACommandLeavesBehindIsEndedWithIt(Isolation isolation) throws Exception {
        CommandView view = run(isolation, "nohup setsid sleep " + mark + " & echo done", null, null);

        assertThat(view.ok()).isTrue();
        assertThat(view.output()).contains("done\n");
        Await.until(() -> "it still runs", () -> !alive());
    }

    @Test
    void cancellingEndsItAndIsNoErrorAfterwards() throws Exception {
        UUID id = start(Isolation.NONE, "echo begun; sleep " + mark);
        Await.until(
                () -> "no output", () -> commands.require(session, id).output().equals("begun\n"));
        assertThat(commands.require(session, id).status()).isEqualTo("running");

        CommandView cancelled = commands.cancel(session, id);

        assertThat(cancelled.phase()).isEqualTo("cancelled");
        assertThat(cancelled.status()).isEqualTo("failed");
        assertThat(alive()).isFalse();
        assertThat(commands.cancel(session, id)).isEqualTo(cancelled);
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aHugeLineIsCountedAndCutWithoutBeingHeld(Isolation isolation) throws Exception {
        CommandView view = run(isolation, "head -c 100000000 /dev/zero | tr '\\0' x; echo end >&2", null, null);

        assertThat(view.ok()).isTrue();
        assertThat(view.truncated()).isTrue();
        assertThat(view.stdoutBytes()).isEqualTo(100_000_000);
        assertThat(view.stderrBytes()).isEqualTo(4);
        assertThat(view.output()).isEqualTo("x".repeat(1 << 20));
        Await.until(() -> "no exit", () -> told("exit").size() == 1);
        assertThat(text(Channel.STDOUT)).isEqualTo(view.output());
        assertThat(told("truncated")).hasSize(1);
    }

    @Test
    void eventsCarryAllOutputInAFewFramesAndThenTheExit() throws Exception {
        CommandView view = run(
                Isolation.NONE,
                "i=0; while [ $i -lt 3000 ]; do echo out-$i-ü; echo err-$i >&2; i=$((i+1)); done; printf '\\001\"\\\\%.0s' $(seq 40000)",
                null,
                null);
        Await.until(() -> "no exit", () -> told("exit").size() == 1);

        List<Event> frames = told("output");
        assertThat(text(Channel.STDOUT).length() + text(Channel.STDERR).length())
                .isEqualTo(view.output().length());
        assertThat(text(Channel.STDERR)).startsWith("err-0\nerr-1\n").endsWith("err-2999\n");
        assertThat(text(Channel.STDOUT)).startsWith("out-0-ü\nout-1-ü\n");
        assertThat(frames).allSatisfy(frame -> assertThat(frame.text().length()).isLessThanOrEqualTo(32 << 10));
        for (int i = 0; i + 22 < frames.size(); i++) {
            assertThat(Duration.between(frames.get(i).at(), frames.get(i + 22).at()))
                    .isGreaterThan(Duration.ofMillis(900));
        }
        assertThat(List.copyOf(events).get(events.size() - 1).type()).isEqualTo("exit");
    }

    @Test
    void theSameKeyIsTheSameCommandAlsoAtTheSameTime() throws Exception {
        commands = commands(Isolation.NONE, "sh -c 'echo x >> ran; sleep 0.2'", 4, 16);
        NewCommand wanted = piped("sh -c 'echo x >> ran; sleep 0.2'", null, null);
        var pool = Executors.newFixedThreadPool(20);
        try {
            Set<UUID> ids = pool
                    .invokeAll(IntStream.range(0, 20)
                            .<java.util.concurrent.Callable<UUID>>mapToObj(i -> () -> {
                                UUID id = commands.start(session, "me", wanted, "k");
                                return commands.await(session, id, LONG).id();
                            })
                            .toList())
                    .stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.toSet());
            assertThat(ids).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(repository.resolve("ran")).hasContent("x");
        ProblemException other = catchThrowableOfType(
                ProblemException.class, () -> commands.start(session, "me", piped(wanted.cmd(), "sub", null), "k"));
        assertThat(other.code()).isEqualTo(ProblemCode.INVALID);
    }

    @Test
    void onlySoManyRunAtOnce() {
        commands = commands(Isolation.NONE, "sleep " + mark, 2, 3);
        NewCommand wanted = piped("sleep " + mark, null, null);
        UUID first = commands.start(session, "me", wanted, null);
        commands.start(session, "me", wanted, null);

        assertThat(refusal(session, wanted).code()).isEqualTo(ProblemCode.TOO_MANY);
        assertThat(refusal(session, wanted).retryAfterSeconds()).isPositive();
        UUID otherSession = UUID.randomUUID();
        commands.start(otherSession, "me", wanted, null);
        assertThat(refusal(otherSession, wanted).code()).isEqualTo(ProblemCode.TOO_MANY);

        commands.cancel(session, first);
        commands.start(session, "me", wanted, null);
    }

    @Test
    void aCommandKeepsItsPlaceUntilItsOutputIsTold() throws Exception {
        commands = commands(Isolation.NONE, "seq 1 200000", 1, 16);
        NewCommand wanted = piped("seq 1 200000", null, null);
        UUID first = commands.start(session, "me", wanted, null);

        assertThat(commands.await(session, first, Duration.ofSeconds(20)).ok()).isTrue();

        assertThat(refusal(session, wanted).code()).isEqualTo(ProblemCode.TOO_MANY);
        Await.until(() -> "not all is told", () -> !told("exit").isEmpty());
        commands.start(session, "me", wanted, null);
        commands.endSession(session);
        Await.until(() -> "a place is taken", () -> commands.running() == 0);
    }

    @Test
    void theEndOfASessionEndsItsCommandsOnly() throws Exception {
        commands = commands(Isolation.NONE, "sleep " + mark, 4, 16);
        NewCommand wanted = piped("sleep " + mark, null, null);
        UUID otherSession = UUID.randomUUID();
        UUID ending = commands.start(session, "me", wanted, null);
        UUID staying = commands.start(otherSession, "me", wanted, null);

        commands.endSession(session);

        assertThat(commands.await(session, ending, Duration.ofSeconds(5)).phase())
                .isEqualTo("cancelled");
        assertThat(commands.require(otherSession, staying).status()).isEqualTo("running");
    }

    @Test
    void theStopOfTheServerInterruptsWhatRunsAndStoresThat() throws Exception {
        UUID id = start(Isolation.NONE, "sleep " + mark);

        commands.close();

        assertThat(commands.require(session, id).phase()).isEqualTo("interrupted");
        assertThat(alive()).isFalse();
        assertThat(told("exit")).hasSize(1);
    }

    @Test
    void whatIsEndedBeforeItBeginsSaysWhyAndStartsNothing() throws Exception {
        Launch launch =
                Launch.of(Isolation.NONE, List.of("touch", "begun"), Map.of(), repository, List.of(), List.of());
        OutputFeed feed = new OutputFeed(threads, new OutputFeed.Sink() {
            @Override
            public void output(Channel channel, String text) {}

            @Override
            public void truncated() {}
        });
        PipedExecution execution = new PipedExecution(launch, Duration.ofSeconds(5), new Output(1024, feed), threads);

        execution.end(Phase.INTERRUPTED);

        assertThat(execution.run().phase()).isEqualTo(Phase.INTERRUPTED);
        assertThat(repository.resolve("begun")).doesNotExist();
    }

    @Test
    void anotherSessionsCommandIsNotThere() {
        CommandView view = run(Isolation.NONE, "true", null, null);

        assertThat(catchThrowableOfType(ProblemException.class, () -> commands.require(UUID.randomUUID(), view.id()))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(catchThrowableOfType(ProblemException.class, () -> commands.cancel(UUID.randomUUID(), view.id()))
                        .code())
                .isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void aTimeoutOfNothingIsRefusedAndALongOneIsCut() {
        commands = commands(Isolation.NONE, "true", 4, 16);

        for (long millis : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThat(refusal(session, piped("true", null, millis)).code()).isEqualTo(ProblemCode.INVALID);
        }
        assertThat(config(Isolation.NONE, "true", 1, 1).timeoutFor(Long.MAX_VALUE))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(config(Isolation.NONE, "true", 1, 1).timeoutFor(null)).isEqualTo(Duration.ofMinutes(1));
    }

    // on a terminal

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aCommandOnATerminalSeesOneOfTheSizeAskedForInItsDirectoryWithACleanEnvironment(Isolation isolation)
            throws Exception {
        CommandView view = await(startTty(
                isolation,
                "test -t 0 && test -t 1 && test -t 2 && echo tty; stty size; pwd; echo $TERM; "
                        + "env | cut -d= -f1 | sort | xargs; exit 3",
                null));

        List<String> lines = view.output().lines().toList();
        assertThat(lines.subList(0, 4)).containsExactly("tty", "33 117", repository.toString(), "xterm-256color");
        assertThat(lines.get(4).split(" "))
                .isSubsetOf("COCKPIT_TREE", "HOME", "LANG", "LOGNAME", "PATH", "PWD", "SHLVL", "TERM", "USER", "_");
        assertThat(view.code()).isEqualTo(3);
        assertThat(view.phase()).isEqualTo("failed");
        assertThat(view.stdoutBytes()).isEqualTo(view.output().length());
        assertThat(view.stderrBytes()).isZero();
        assertThat(terminals.of(session)).containsExactly(view.terminalId());
        assertThat(commands.require(session, view.id())).isEqualTo(view);
        Await.until(() -> "no exit", () -> told("exit").size() == 1);
        assertThat(told("output")).isEmpty();
    }

    @Test
    void colourIsKept() throws Exception {
        Files.createFile(repository.resolve("plain"));

        CommandView view = await(startTty(Isolation.NONE, "ls --color=auto; echo late >&2", null));

        assertThat(view.phase()).isEqualTo("completed");
        assertThat(view.output()).contains("plain", "\u001b[01;34msub\u001b[0m", "late\r\n");
    }

    @Test
    void aCommandOnATerminalReadsTheKeyboard() throws Exception {
        UUID id = startTty(Isolation.NONE, "echo name?; read name; echo hello $name", null);
        UUID terminal = commands.require(session, id).terminalId();
        Await.until(
                () -> "no question",
                () -> commands.require(session, id).output().startsWith("name?"));

        terminals.type(session, terminal, "you\r");

        assertThat(await(id).output()).isEqualTo("name?\r\nyou\r\nhello you\r\n");
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aTimeoutEndsTheTreeOnATerminalAndTheTerminal(Isolation isolation) throws Exception {
        CommandView view = await(startTty(
                isolation,
                "trap '' HUP; echo first; nohup setsid sleep " + mark + " & sleep " + mark + "; wait",
                500L));

        assertThat(view.phase()).isEqualTo("timed_out");
        assertThat(view.output()).startsWith("first\r\n");
        assertThat(alive()).isFalse();
        assertThat(terminals.running(session, view.terminalId())).isFalse();
    }

    @Test
    void cancellingEndsTheCommandWithItsTerminal() throws Exception {
        UUID id = startTty(Isolation.NONE, "sleep " + mark, null);
        Await.until(() -> "it does not run", this::alive);

        CommandView cancelled = commands.cancel(session, id);

        assertThat(cancelled.phase()).isEqualTo("cancelled");
        assertThat(alive()).isFalse();
        assertThat(terminals.running(session, cancelled.terminalId())).isFalse();
    }

    @Test
    void closingTheTerminalCancelsTheCommandAndItsOutputStays() throws Exception {
        UUID id = startTty(Isolation.NONE, "echo begun; sleep " + mark, null);
        Await.until(
                () -> "no output", () -> commands.require(session, id).output().equals("begun\r\n"));

        terminals.end(session, commands.require(session, id).terminalId());

        CommandView view = await(id);
        assertThat(view.phase()).isEqualTo("cancelled");
        assertThat(view.signal()).isEqualTo("SIGHUP");
        assertThat(view.output()).isEqualTo("begun\r\n");
        assertThat(alive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void whatIsLeftBehindOnATerminalIsEndedWithTheCommand(Isolation isolation) throws Exception {
        CommandView view =
                await(startTty(isolation, "trap '' HUP; (sleep " + mark + "; sleep " + mark + ") & echo done", null));

        assertThat(view.phase()).isEqualTo("completed");
        assertThat(view.output()).isEqualTo("done\r\n");
        assertThat(alive()).isFalse();
    }

    @Test
    void theFirstOutputOfATerminalIsKeptAndTheRestCountedThoughItsLogIsShorter() throws Exception {
        CommandView view = await(startTty(Isolation.NONE, "head -c 3000000 /dev/zero | tr '\\0' x; echo end", null));

        assertThat(view.truncated()).isTrue();
        assertThat(view.output()).isEqualTo("x".repeat(1 << 20));
        assertThat(view.stdoutBytes()).isEqualTo(3_000_000 + "end\r\n".length());
        Await.until(() -> "no exit", () -> told("exit").size() == 1);
        assertThat(told("truncated")).hasSize(1);
        assertThat(told("output")).isEmpty();
    }

    @Test
    void theTerminalIsPartOfTheSameRequest() throws Exception {
        commands = commands(Isolation.NONE, "true", 4, 16);
        UUID id = commands.start(session, "me", tty("true", 80, 24), "k");

        assertThat(commands.start(session, "me", tty("true", null, null), "k")).isEqualTo(id);
        for (NewCommand other : List.of(piped("true", null, null), tty("true", 81, 24))) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> commands.start(session, "me", other, "k"))
                            .code())
                    .isEqualTo(ProblemCode.INVALID);
        }
        assertThat(terminals.of(session)).hasSize(1);
    }

    @Test
    void whatHasNoRoomForItsTerminalWasNeverAskedFor() throws Exception {
        commands = commands(Isolation.NONE, "sleep " + mark, 4, 16);
        NewCommand wanted = tty("sleep " + mark, null, null);
        UUID first = commands.start(session, "me", wanted, null);
        commands.start(session, "me", wanted, null);

        assertThat(catchThrowableOfType(ProblemException.class, () -> commands.start(session, "me", wanted, "k"))
                        .code())
                .isEqualTo(ProblemCode.TOO_MANY);
        assertThat(commands.running()).isEqualTo(2);

        commands.cancel(session, first);
        UUID again = commands.start(session, "me", wanted, "k");
        assertThat(commands.require(session, again).status()).isEqualTo("running");
    }

    @Test
    void theStopOfTheServerInterruptsWhatRunsOnATerminal() throws Exception {
        UUID id = startTty(Isolation.NONE, "sleep " + mark, null);

        commands.close();

        assertThat(commands.require(session, id).phase()).isEqualTo("interrupted");
        assertThat(alive()).isFalse();
    }

    @Test
    void aSizeThatIsNoneOrOfNothingIsRefused() {
        commands = commands(Isolation.NONE, "true", 4, 16);

        for (NewCommand wanted : List.of(
                tty("true", 0, 24),
                tty("true", 80, 1001),
                new NewCommand("true", null, null, false, 80, null),
                new NewCommand("true", null, null, null, null, 24))) {
            assertThat(refusal(session, wanted).code()).isEqualTo(ProblemCode.INVALID);
        }
    }

    private static NewCommand tty(String cmd, Integer cols, Integer rows) {
        return new NewCommand(cmd, null, null, true, cols, rows);
    }

    private UUID startTty(Isolation isolation, String script, Long timeoutMs) {
        assumeWorks(isolation);
        String cmd = quoted(script);
        commands = commands(isolation, cmd, 4, 16);
        return commands.start(session, "me", new NewCommand(cmd, null, timeoutMs, true, 117, 33), null);
    }

    private CommandView await(UUID id) {
        return commands.await(session, id, LONG);
    }

    private static void assumeWorks(Isolation isolation) {
        assumeTrue(
                isolation == Isolation.NONE || Isolation.of("auto") == isolation,
                "bubblewrap does not work on this machine");
    }

    private ProblemException refusal(UUID asking, NewCommand wanted) {
        return catchThrowableOfType(ProblemException.class, () -> commands.start(asking, "me", wanted, null));
    }

    private UUID start(Isolation isolation, String script) {
        String cmd = quoted(script);
        commands = commands(isolation, cmd, 4, 16);
        return commands.start(session, "me", piped(cmd, null, null), null);
    }

    private CommandView run(Isolation isolation, String script, String cwd, Long timeoutMs) {
        assumeWorks(isolation);
        String cmd = quoted(script);
        commands = commands(isolation, cmd, 4, 16);
        UUID id = commands.start(session, "me", piped(cmd, cwd, timeoutMs), null);
        return commands.await(session, id, LONG);
    }

    private static NewCommand piped(String cmd, String cwd, Long timeoutMs) {
        return new NewCommand(cmd, cwd, timeoutMs, null, null, null);
    }

    private static String quoted(String script) {
        return "sh -c \"" + script.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private Commands commands(Isolation isolation, String allowed, int maxPerSession, int maxInAll) {
        return new Commands(
                config(isolation, allowed, maxPerSession, maxInAll),
                List.of(),
                threads,
                new HistoryOnH2(),
                any -> repository,
                terminals.programs(),
                new Commands.Listener() {
                    @Override
                    public void wrote(StoredCommand command, Channel channel, String text) {
                        events.add(new Event("output", channel, text, Instant.now()));
                    }

                    @Override
                    public void truncated(StoredCommand command, int maxBytes) {
                        events.add(new Event("truncated", null, "", Instant.now()));
                    }

                    @Override
                    public void ended(StoredCommand command, Result result) {
                        events.add(new Event("exit", null, result.sentence(command.cmd()), Instant.now()));
                    }
                });
    }

    private static CommandConfig config(Isolation isolation, String allowed, int maxPerSession, int maxInAll) {
        return new CommandConfig(
                Allowlist.parse(allowed),
                isolation,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                1 << 20,
                maxPerSession,
                maxInAll,
                Duration.ofDays(1));
    }

    private List<Event> told(String type) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    private String text(Channel channel) {
        return told("output").stream()
                .filter(event -> event.channel() == channel)
                .map(Event::text)
                .collect(Collectors.joining());
    }

    private boolean alive() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep " + mark));
    }

    /** The history as the container would make it, on the database that ships. */
    private static final class HistoryOnH2 extends CommandService {
        @Override
        public void add(StoredCommand command) {
            in(store -> {
                store.add(command);
                return command;
            });
        }

        @Override
        public void withdraw(UUID id) {
            in(store -> {
                store.withdraw(id);
                return id;
            });
        }

        @Override
        public void end(StoredCommand ended, String output) {
            in(store -> {
                store.end(ended, output);
                return ended;
            });
        }

        @Override
        public Optional<StoredCommand> find(UUID sessionId, UUID id) {
            return in(store -> store.find(sessionId, id));
        }

        @Override
        public Optional<String> output(UUID id) {
            return in(store -> store.output(id));
        }

        @Override
        public Optional<StoredCommand> byKey(UUID sessionId, String key) {
            return in(store -> store.byKey(sessionId, key));
        }

        private static <T> T in(Function<CommandStore, T> work) {
            return Databases.H2.inTransaction(entities -> work.apply(new CommandStore(entities)));
        }
    }
}
