package dev.cockpitcoder.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.terminal.Program;
import dev.cockpitcoder.terminal.Programs;
import dev.cockpitcoder.terminal.TerminalSize;

/** Starts commands, holds those that run, and ends them. Free of the container. */
final class Commands implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Commands.class.getName());
    private static final int LOCKS = 64;
    private static final int RETRY_AFTER_SECONDS = 2;
    private static final int END_SECONDS = 6;
    private static final int CANNOT_START = 127;
    private static final Duration STORE_AGAIN = Duration.ofSeconds(5);

    /** Where a session works. Throws {@link ProblemException} NOT_FOUND when the session has ended. */
    interface Repositories {
        Path of(UUID sessionId);
    }

    /** What happens to commands, for others to hear. Must not throw. */
    interface Listener {
        /** Not for a command on a terminal: that one is watched there. */
        void wrote(StoredCommand command, Channel channel, String text);

        void truncated(StoredCommand command, int maxBytes);

        void ended(StoredCommand command, Result result);
    }

    /** For what is watched on a terminal: its text is no event. */
    private record OnlyTruncated(Output.Listener feed) implements Output.Listener {
        @Override
        public void wrote(Channel channel, String text) {}

        @Override
        public void truncated() {
            feed.truncated();
        }
    }

    private final CommandConfig config;
    private final List<Path> hidden;
    private final WorkerThreads threads;
    private final CommandService service;
    private final Repositories repositories;
    private final Programs programs;
    private final Listener listener;
    private final Map<UUID, RunningCommand> commands = new ConcurrentHashMap<>();
    /** Commands of one session are started one after the other: one of these locks serves it. */
    private final Object[] starting = new Object[LOCKS];

    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    /** @param hidden directories that commands do not see, where the isolation can do that */
    Commands(
            CommandConfig config,
            List<Path> hidden,
            WorkerThreads threads,
            CommandService service,
            Repositories repositories,
            Programs programs,
            Listener listener) {
        this.config = config;
        this.hidden = List.copyOf(hidden);
        this.threads = threads;
        this.service = service;
        this.repositories = repositories;
        this.programs = programs;
        this.listener = listener;
        Arrays.setAll(starting, any -> new Object());
    }

    /**
     * Starts a command; with a key that was used in this session, finds the command that was started then.
     *
     * @param key null for none
     * @throws ProblemException INVALID, FORBIDDEN, COMMAND_NOT_ALLOWED, NOT_FOUND, TOO_MANY or UNAVAILABLE
     */
    UUID start(UUID sessionId, String owner, NewCommand wanted, String key) {
        if (wanted == null || wanted.timeoutMs() != null && wanted.timeoutMs() <= 0) {
            throw new ProblemException(ProblemCode.INVALID, "cmd is needed, and timeoutMs is 1 or more.");
        }
        TerminalSize tty = wanted.terminal();
        synchronized (startingFor(sessionId)) {
            // asked under the lock: a session that ends now either refuses here or finds the new command
            Path repository = repositories.of(sessionId);
            Path directory = WorkingDirectory.require(repository, wanted.cwd());
            List<String> argv = config.allowlist().require(wanted.cmd(), repository, directory);
            StoredCommand stored = new StoredCommand(sessionId, owner, key, wanted.cmd(), directory, tty);
            Optional<StoredCommand> earlier = key == null ? Optional.empty() : service.byKey(sessionId, key);
            if (earlier.isPresent()) {
                return requireSame(earlier.get(), stored).id();
            }
            reserve(sessionId);
            try {
                service.add(stored);
                start(stored, argv, config.timeoutFor(wanted.timeoutMs()));
            } catch (RuntimeException e) {
                running.decrementAndGet();
                throw e;
            }
            return stored.id();
        }
    }

    private static StoredCommand requireSame(StoredCommand earlier, StoredCommand asked) {
        if (!earlier.sameRequest(asked)) {
            throw new ProblemException(
                    ProblemCode.INVALID, "This Idempotency-Key was used for another command; use a new one.");
        }
        return earlier;
    }

    private void reserve(UUID sessionId) {
        if (closed) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.");
        }
        long ofSession = commands.values().stream()
                .filter(command -> command.isOf(sessionId) && command.takesPlace())
                .count();
        if (ofSession >= config.maxPerSession()) {
            throw ProblemException.tooMany(
                    "This session runs " + ofSession + " commands: wait for one, or cancel it.", RETRY_AFTER_SECONDS);
        }
        if (running.incrementAndGet() > config.maxInAll()) {
            running.decrementAndGet();
            throw ProblemException.tooMany(
                    "This server runs as many commands as it may: try again later.", RETRY_AFTER_SECONDS);
        }
    }

    private void start(StoredCommand stored, List<String> argv, Duration timeout) {
        OutputFeed feed = new OutputFeed(threads, new OutputFeed.Sink() {
            @Override
            public void output(Channel channel, String text) {
                listener.wrote(stored, channel, text);
            }

            @Override
            public void truncated() {
                listener.truncated(stored, config.maxOutputBytes());
            }
        });
        Output output = new Output(config.maxOutputBytes(), stored.tty() == null ? feed : new OnlyTruncated(feed));
        Execution execution = stored.tty() == null
                ? new PipedExecution(launch(stored, argv, "dumb").detached(), timeout, output, threads)
                : new TtyExecution(onTerminal(stored, argv, output), timeout, output, threads);
        RunningCommand command =
                new RunningCommand(stored, execution, feed, new CompletableFuture<>(), new CompletableFuture<>());
        commands.put(stored.id(), command);
        feed.caughtUp().thenRun(running::decrementAndGet);
        CompletableFuture.allOf(feed.over(), command.recorded()).thenRun(() -> commands.remove(stored.id()));
        threads.run(() -> work(command));
        if (closed) {
            threads.run(() -> execution.end(Phase.INTERRUPTED));
        }
    }

    private Launch launch(StoredCommand stored, List<String> argv, String terminalType) {
        Map<String, String> environment = UserEnvironment.create();
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", terminalType);
        return Launch.of(config.isolation(), argv, environment, Path.of(stored.cwd()), hidden, List.of());
    }

    /** Now, not on the command's thread: who is answered can attach, or is told that there is no room for a terminal. */
    private Program onTerminal(StoredCommand stored, List<String> argv, Output output) {
        try {
            return programs.start(
                    stored.terminalId(),
                    stored.sessionId(),
                    launch(stored, argv, "xterm-256color"),
                    stored.tty(),
                    (bytes, count) -> output.append(Channel.STDOUT, bytes, count));
        } catch (RuntimeException e) {
            service.withdraw(stored.id());
            throw e;
        }
    }

    private void work(RunningCommand command) {
        Result result = run(command);
        StoredCommand stored = command.stored();
        stored.end(result);
        store(command, result);
        command.feed().finish(() -> listener.ended(stored, result));
        command.done().complete(CommandView.of(stored, result.output()));
    }

    private static Result run(RunningCommand command) {
        Instant begin = Instant.now();
        try {
            return command.execution().run();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "Command " + command.id() + " cannot be started");
            String why = "The program could not be started; the server's log says why.\n";
            return new Result(Phase.FAILED, CANNOT_START, Duration.between(begin, Instant.now()), why, false, 0, 0);
        }
    }

    /** Until this succeeds the end is known here only, and the command is kept. */
    private void store(RunningCommand command, Result result) {
        try {
            service.end(command.stored(), result.output());
            command.recorded().complete(null);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "The end of command " + command.id() + " cannot be stored yet");
            threads.later(STORE_AGAIN, () -> store(command, result));
        }
    }

    /** @throws ProblemException NOT_FOUND, also for a command of another session */
    CommandView require(UUID sessionId, UUID id) {
        return find(sessionId, id).map(RunningCommand::view).orElseGet(() -> {
            StoredCommand stored = requireStored(sessionId, id);
            return CommandView.of(stored, service.output(id).orElse(""));
        });
    }

    StoredCommand requireStored(UUID sessionId, UUID id) {
        return service.find(sessionId, id)
                .orElseThrow(() -> ProblemException.notFound("There is no such command in this session."));
    }

    /** Waits for its end, at most so long; the view says whether it came. */
    CommandView await(UUID sessionId, UUID id, Duration patience) {
        Optional<RunningCommand> command = find(sessionId, id);
        try {
            if (command.isPresent()) {
                return command.get().done().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.FINE, "A command takes longer than its client waits", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return require(sessionId, id);
    }

    /** Ends it if it runs, and waits for that. */
    CommandView cancel(UUID sessionId, UUID id) {
        find(sessionId, id).ifPresent(command -> command.execution().end(Phase.CANCELLED));
        return await(sessionId, id, Duration.ofSeconds(END_SECONDS));
    }

    private Optional<RunningCommand> find(UUID sessionId, UUID id) {
        return Optional.ofNullable(commands.get(id)).filter(command -> command.isOf(sessionId));
    }

    int running() {
        return running.get();
    }

    /** Ends everything a session runs, in parallel, without waiting. Nobody can read its events any more. */
    void endSession(UUID sessionId) {
        threads.run(() -> {
            synchronized (startingFor(sessionId)) {
                // a command that was being started is in the list now, and none is started later
                commands.values().stream()
                        .filter(command -> command.isOf(sessionId))
                        .forEach(command -> {
                            command.feed().stop();
                            threads.run(() -> command.execution().end(Phase.CANCELLED));
                        });
            }
        });
    }

    /** Ends everything, in parallel, and waits for it. */
    @Override
    public void close() {
        closed = true;
        List<RunningCommand> last = List.copyOf(commands.values());
        last.forEach(command -> threads.run(() -> command.execution().end(Phase.INTERRUPTED)));
        CompletableFuture<?>[] ends = last.stream().map(RunningCommand::done).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "Not all commands ended in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        last.forEach(command -> command.feed().drain());
    }

    private Object startingFor(UUID sessionId) {
        return starting[Math.floorMod(sessionId.hashCode(), LOCKS)];
    }
}
