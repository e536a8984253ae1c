package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

import com.pty4j.unix.PtyHelpers;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.annotation.Gauge;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.SessionEnded;
import dev.cockpitcoder.session.SessionEvent;
import dev.cockpitcoder.session.SessionService;

/** The terminals of this server, as the container knows them: made and ended with the application. */
@ApplicationScoped
public class TerminalRegistry {
    private static final Logger LOG = Logger.getLogger(TerminalRegistry.class.getName());
    private static final int MAX_WORKERS = 512;
    private static final Duration SEND_LIMIT = Duration.ofSeconds(30);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration CHECK_LINKS = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    @Inject
    private TerminalConfig config;

    @Inject
    private DataDirectory data;

    @Inject
    private SessionService sessions;

    @Inject
    private Event<SessionEvent> events;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory factory;

    private WorkerThreads threads;
    private Terminals terminals;

    @PostConstruct
    void open() {
        threads = new WorkerThreads("terminal", factory, MAX_WORKERS);
        terminals = new Terminals(
                config,
                data.directory("terminals"),
                List.of(data.path()),
                threads,
                sessions::openRepo,
                new Announcer());
        threads.every(LOOK_AGAIN, this::cutStuckViewers);
        threads.every(CHECK_LINKS, terminals::checkLinks);
        threads.every(Caretaker.EVERY, terminals::lookAfter);
    }

    /** The first use of pty4j unpacks and loads its native library, which takes half a second. */
    void warmUp() {
        threads.run(PtyHelpers::getInstance);
    }

    /** Ends all terminals and waits for that. Called by {@link TerminalStart}, and once more by the container. */
    @PreDestroy
    void close() {
        terminals.close();
        threads.close();
    }

    Terminals terminals() {
        return terminals;
    }

    /** To run something else than shells on terminals. */
    public Programs programs() {
        return terminals;
    }

    /** @param v1 whether the client speaks {@code cockpit.pty.v1} */
    PtyConnection connect(Caller caller, boolean v1, Peer peer) {
        UUID sessionId = caller.requireSession();
        PtyConnection connection = v1
                ? new V1Connection(sessionId, terminals, threads, peer)
                : new TextConnection(sessionId, terminals, threads, peer);
        connection.expires(Duration.between(Instant.now(), caller.expiresAt()));
        terminals.connected(connection);
        connection.opened();
        return connection;
    }

    void endSession(@Observes SessionEnded ended) {
        terminals.endSession(ended.sessionId());
    }

    /** A blocked send has no time-out of its own; closing the socket ends it. */
    private void cutStuckViewers() {
        for (Terminal terminal : terminals.all()) {
            for (Viewer viewer : terminal.viewers()) {
                if (viewer.stuckFor(SEND_LIMIT)) {
                    LOG.fine(() -> "A viewer of terminal " + terminal.id() + " does not read and is cut");
                    threads.run(() -> viewer.close(CloseCode.TRY_LATER, "the client does not read"));
                }
            }
        }
    }

    @Gauge(name = "cockpit_terminals_running", absolute = true, unit = MetricUnits.NONE, description = "Running shells")
    public long runningTerminals() {
        return terminals.all().stream().filter(Terminal::running).count();
    }

    @Gauge(
            name = "cockpit_terminal_viewers",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Connections that show a terminal")
    public long viewers() {
        return terminals.all().stream()
                .mapToLong(terminal -> terminal.viewers().size())
                .sum();
    }

    @Gauge(
            name = "cockpit_terminal_output_bytes",
            absolute = true,
            unit = MetricUnits.BYTES,
            description = "What programs on terminals have written since the start")
    public long outputBytes() {
        return terminals.traffic().output.sum();
    }

    @Gauge(
            name = "cockpit_terminal_input_bytes",
            absolute = true,
            unit = MetricUnits.BYTES,
            description = "What was typed into programs since the start")
    public long inputBytes() {
        return terminals.traffic().input.sum();
    }

    @Gauge(
            name = "cockpit_terminal_replayed_bytes",
            absolute = true,
            unit = MetricUnits.BYTES,
            description = "What was sent to viewers and had been written before they attached")
    public long replayedBytes() {
        return terminals.traffic().replayed.sum();
    }

    @Gauge(
            name = "cockpit_terminal_gaps",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "How often a viewer was sent past output")
    public long gaps() {
        return terminals.traffic().gaps.sum();
    }

    @Gauge(
            name = "cockpit_terminal_paused_seconds",
            absolute = true,
            unit = MetricUnits.SECONDS,
            description = "How long lossless programs have waited for viewers")
    public double pausedSeconds() {
        return terminals.traffic().pausedNanos.sum() / NANOS_PER_SECOND;
    }

    /** Tells the session what happens; a failure to tell is no failure of the terminal. */
    private final class Announcer implements Terminals.Listener {
        @Override
        public void opened(Terminal terminal) {
            fire(terminal, "Terminal opened", Json.createObjectBuilder().add("phase", "terminal.opened"));
        }

        @Override
        public void ended(Terminal terminal) {
            int code = terminal.record().exitCode();
            fire(
                    terminal,
                    "Terminal closed with exit code " + code,
                    Json.createObjectBuilder()
                            .add("phase", "terminal.ended")
                            .add("code", code)
                            .add("reason", terminal.record().ending().name()));
        }

        @Override
        public void noticed(Terminal terminal, PtyMessage.Notice notice) {
            fire(
                    terminal,
                    notice.message(),
                    Json.createObjectBuilder().add("phase", "terminal.notice").add("code", notice.code()));
        }

        private void fire(Terminal terminal, String content, JsonObjectBuilder fields) {
            fields.add("terminalId", terminal.id().toString());
            try {
                events.fire(new SessionEvent(terminal.record().sessionId(), "status", content, fields.build()));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "What happened to terminal " + terminal.id() + " could not be told", e);
            }
        }
    }
}
