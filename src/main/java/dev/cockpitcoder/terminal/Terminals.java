package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.ProcessTree;
import dev.cockpitcoder.server.TurnTaking;
import dev.cockpitcoder.server.WorkerThreads;

/** All terminals of this server, running and lately ended, and the connections to them. Free of the container. */
final class Terminals implements Programs, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Terminals.class.getName());
    private static final int KEPT_PER_SESSION = 16;
    private static final int END_SECONDS = 6;
    private static final int LOCKS = 64;
    private static final ObjIntConsumer<byte[]> THE_LOG_IS_ENOUGH = (bytes, count) -> {};

    /** What happens to terminals, for others to hear. Called on the thread on which it happens; must not throw. */
    interface Listener {
        void opened(Terminal terminal);

        void ended(Terminal terminal);

        /** Its viewers are told this. */
        void noticed(Terminal terminal, PtyMessage.Notice notice);
    }

    /** Where a session works. Throws {@link ProblemException} NOT_FOUND when the session has ended. */
    interface Repositories {
        Path of(UUID sessionId);
    }

    /** What a new terminal is, whatever runs on it. */
    private record Place(UUID id, UUID sessionId, TerminalSize size, Drain drain, boolean isDefault, boolean isShell) {}

    private final TerminalConfig config;
    private final LogDirectory logs;
    private final List<Path> hidden;
    private final Path inputrc;
    private final WorkerThreads threads;
    private final Traffic traffic = new Traffic();
    private final Terminal.Surroundings surroundings;
    private final Repositories repositories;
    private final Listener listener;
    private final Caretaker caretaker;
    private final Map<UUID, Terminal> terminals = new ConcurrentHashMap<>();
    private final Set<PtyConnection> connections = ConcurrentHashMap.newKeySet();
    /** Terminals of one session are started one after the other: one of these locks serves it. */
    private final Object[] starting = new Object[LOCKS];

    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    /**
     * @param directory where the logs are kept
     * @param hidden directories that shells do not see, where the isolation can do that
     */
    Terminals(
            TerminalConfig config,
            Path directory,
            List<Path> hidden,
            WorkerThreads threads,
            Repositories repositories,
            Listener listener) {
        this.config = config;
        this.logs = new LogDirectory(directory);
        this.inputrc = TextShell.writeInputrc(directory);
        this.hidden = List.copyOf(hidden);
        this.threads = threads;
        this.surroundings = new Terminal.Surroundings(threads, new TurnTaking(threads), config.pauseLimit(), traffic);
        this.repositories = repositories;
        this.listener = listener;
        this.caretaker = new Caretaker(config.limits(), config.culling(), threads, listener::noticed);
        Arrays.setAll(starting, any -> new Object());
        recover();
    }

    /** Lists what an earlier server left as ended. */
    private void recover() {
        logs.recover().forEach((id, log) -> {
            Terminal terminal = Terminal.recovered(id, log, surroundings);
            terminals.put(id, terminal);
            Duration age = Duration.between(terminal.record().endedAt(), Instant.now());
            threads.later(config.retention().minus(age), () -> forget(terminal));
        });
    }

    static Optional<UUID> parseId(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A session's terminals, the oldest first. */
    List<Terminal> of(UUID sessionId) {
        return terminals.values().stream()
                .filter(terminal -> terminal.record().sessionId().equals(sessionId))
                .sorted(Comparator.comparing(terminal -> terminal.record().createdAt()))
                .toList();
    }

    Traffic traffic() {
        return traffic;
    }

    Collection<Terminal> all() {
        return terminals.values();
    }

    Set<PtyConnection> connections() {
        return connections;
    }

    /** @throws ProblemException NOT_FOUND, also for a terminal of another session */
    Terminal require(UUID sessionId, UUID id) {
        return Optional.ofNullable(terminals.get(id))
                .filter(terminal -> terminal.record().sessionId().equals(sessionId))
                .orElseThrow(() -> ProblemException.notFound("There is no such terminal in this session."));
    }

    /** The session's default terminal, started when it is not running. */
    Terminal requireDefault(UUID sessionId, TerminalSize size, Drain drain) {
        return requireDefault(sessionId, size, drain, Map.of());
    }

    /** The same for a client of the text protocol: see {@link TextShell}. */
    Terminal requireDefaultForText(UUID sessionId) {
        return requireDefault(sessionId, TerminalSize.DEFAULT, Drain.LATEST, TextShell.environment(inputrc));
    }

    private Terminal requireDefault(UUID sessionId, TerminalSize size, Drain drain, Map<String, String> more) {
        synchronized (startingFor(sessionId)) {
            Optional<Terminal> found = of(sessionId).stream()
                    .filter(terminal -> terminal.record().isDefault() && terminal.running())
                    .findFirst();
            return found.isPresent()
                    ? found.get()
                    : startShell(new Place(UUID.randomUUID(), sessionId, size, drain, true, true), more);
        }
    }

    /** @throws ProblemException TOO_MANY or UNAVAILABLE */
    Terminal start(UUID sessionId, TerminalSize size, Drain drain) {
        synchronized (startingFor(sessionId)) {
            return startShell(new Place(UUID.randomUUID(), sessionId, size, drain, false, true), Map.of());
        }
    }

    @Override
    public Program start(
            UUID terminalId, UUID sessionId, Launch launch, TerminalSize size, ObjIntConsumer<byte[]> output) {
        synchronized (startingFor(sessionId)) {
            return start(
                    new Place(terminalId, sessionId, size, Drain.LATEST, false, false),
                    anyRepository -> launch,
                    output);
        }
    }

    private Terminal startShell(Place place, Map<String, String> more) {
        return start(place, repository -> shell(repository, more), THE_LOG_IS_ENOUGH);
    }

    private Terminal start(Place place, Function<Path, Launch> launches, ObjIntConsumer<byte[]> output) {
        UUID sessionId = place.sessionId();
        if (of(sessionId).stream().filter(Terminal::running).count() >= config.maxPerSession()) {
            throw ProblemException.tooMany(
                    "This session has " + config.maxPerSession() + " running terminals: close one first.", 10);
        }
        reserve();
        Terminal terminal;
        try {
            // asked under the lock: a session that ends now either refuses here or finds the new terminal
            terminal = open(place, launches.apply(repositories.of(sessionId)));
        } catch (IOException e) {
            running.decrementAndGet();
            LOG.log(Level.SEVERE, "A terminal cannot be started", e);
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "The terminal cannot be started. The server's log says why.", e);
        } catch (RuntimeException e) {
            running.decrementAndGet();
            throw e;
        }
        terminals.put(terminal.id(), terminal);
        terminal.start(output, this::ended);
        listener.opened(terminal);
        if (closed) {
            threads.run(() -> terminal.end(Ending.SERVER_STOPPED));
        }
        return terminal;
    }

    private void reserve() {
        if (closed) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.");
        }
        if (running.incrementAndGet() > config.maxInAll()) {
            running.decrementAndGet();
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "All terminals of this server are in use. Try again later.");
        }
    }

    private Object startingFor(UUID sessionId) {
        return starting[Math.floorMod(sessionId.hashCode(), LOCKS)];
    }

    private Launch shell(Path repository, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Shell.environment(config.shell(), config.environment()));
        return Launch.of(
                config.isolation(), Shell.command(config.shell()), environment, repository, hidden, List.of(inputrc));
    }

    private Terminal open(Place place, Launch launch) throws IOException {
        TerminalRecord record = TerminalRecord.started(place.sessionId(), place.isDefault(), place.size());
        OutputLog log = logs.create(place.id(), config.logBytes(), record);
        try {
            Pty pty = Pty4jPty.start(launch.capped(config.limits().processes()), place.size());
            ProcessTree tree = launch.startedAs(pty.pid());
            Terminal terminal = new Terminal(place.id(), pty, tree::end, log, place.drain(), surroundings);
            caretaker.add(terminal, tree, place.isShell());
            return terminal;
        } catch (IOException | RuntimeException | LinkageError e) {
            log.delete();
            throw e;
        }
    }

    private void ended(Terminal terminal) {
        caretaker.remove(terminal);
        running.decrementAndGet();
        listener.ended(terminal);
        threads.later(config.retention(), () -> forget(terminal));
        of(terminal.record().sessionId()).stream()
                .filter(candidate -> !candidate.running())
                .sorted(Comparator.comparing(
                                (Terminal candidate) -> candidate.record().endedAt())
                        .reversed())
                .skip(KEPT_PER_SESSION)
                .forEach(this::forget);
    }

    private void forget(Terminal terminal) {
        terminals.remove(terminal.id());
        terminal.discard();
    }

    /** Ends it with all its processes, waits for that, and forgets it. */
    void end(Terminal terminal) {
        terminal.end();
        forget(terminal);
    }

    /** Called {@link Caretaker#EVERY} so often: sees to the limits of terminals, and to those that are left alone. */
    void lookAfter() {
        caretaker.look();
    }

    /** Called about every second: finds out whose clients are gone. */
    void checkLinks() {
        connections.forEach(PtyConnection::checkLink);
    }

    void connected(PtyConnection connection) {
        connections.add(connection);
    }

    void disconnected(PtyConnection connection) {
        connections.remove(connection);
    }

    /** Closes everything a session has, in parallel, without waiting. */
    void endSession(UUID sessionId) {
        closeConnections(sessionId);
        threads.run(() -> {
            synchronized (startingFor(sessionId)) {
                // a terminal that was being started is in the list now, and none is started later
                of(sessionId).forEach(terminal -> threads.run(() -> end(terminal)));
            }
            closeConnections(sessionId);
        });
    }

    private void closeConnections(UUID sessionId) {
        connections.stream()
                .filter(connection -> connection.sessionId().equals(sessionId))
                .forEach(connection -> threads.run(() -> connection.close(CloseCode.REFUSED, "session ended")));
    }

    /** Ends everything, in parallel, and waits for it; once. The logs stay, for the next server. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Terminal> last = List.copyOf(terminals.values());
        for (PtyConnection connection : connections) {
            threads.run(() -> connection.close(CloseCode.SERVER_STOPS, "server stopping"));
        }
        CountDownLatch left = new CountDownLatch(last.size());
        for (Terminal terminal : last) {
            threads.run(() -> {
                try {
                    terminal.end(Ending.SERVER_STOPPED);
                    terminal.log().close();
                } finally {
                    left.countDown();
                }
            });
        }
        try {
            if (!left.await(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("Not all terminals ended in time");
            }
        } catch (InterruptedException e) {
            LOG.log(Level.FINE, "Interrupted while terminals ended", e);
            Thread.currentThread().interrupt();
        }
    }
}
