package dev.cockpitcoder.command;

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

import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.annotation.Gauge;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.identity.Audit;
import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.SessionEnded;
import dev.cockpitcoder.session.SessionEvent;
import dev.cockpitcoder.session.SessionService;
import dev.cockpitcoder.terminal.TerminalRegistry;

/** The commands of this server, as the container knows them: ended with the application. */
@ApplicationScoped
public class CommandRegistry {
    private static final Logger LOG = Logger.getLogger(CommandRegistry.class.getName());
    private static final int FORBIDDEN = 403;
    /** One starts a command and waits for it, two read its output, one may end it. */
    private static final int WORKERS_PER_COMMAND = 4;

    private static final int MORE_WORKERS = 16;

    @Inject
    private CommandConfig config;

    @Inject
    private DataDirectory data;

    @Inject
    private CommandService service;

    @Inject
    private SessionService sessions;

    @Inject
    private TerminalRegistry terminals;

    @Inject
    private Event<SessionEvent> events;

    @Inject
    private Audit audit;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory factory;

    private WorkerThreads threads;
    private Commands commands;

    @PostConstruct
    void make() {
        threads = new WorkerThreads("command", factory, config.maxInAll() * WORKERS_PER_COMMAND + MORE_WORKERS);
        commands = new Commands(
                config,
                List.of(data.path()),
                threads,
                service,
                sessions::openRepo,
                terminals.programs(),
                new Announcer());
    }

    /** @param interrupted how many commands the last stop of the server cut off */
    void open(int interrupted) {
        config.allowlist().logMissing();
        if (interrupted > 0) {
            LOG.warning(() -> interrupted + " commands were running when the server died");
        }
    }

    /** Ends all commands and waits for that. Called by {@link CommandStart}, and once more by the container. */
    @PreDestroy
    void close() {
        commands.close();
        threads.close();
    }

    Commands commands() {
        return commands;
    }

    UUID start(Caller caller, NewCommand wanted, String key) {
        try {
            return commands.start(caller.requireSession(), caller.subject(), wanted, key);
        } catch (ProblemException e) {
            if (e.code().status() == FORBIDDEN) {
                audit.done(caller.subject(), "was refused a command", e.code() + " in " + caller.sessionId());
            }
            throw e;
        }
    }

    void endSession(@Observes SessionEnded ended) {
        commands.endSession(ended.sessionId());
    }

    @Gauge(
            name = "cockpit_commands_running",
            absolute = true,
            unit = MetricUnits.NONE,
            description = "Running commands")
    public long running() {
        return commands.running();
    }

    /** Tells the session what happens; a failure to tell is no failure of the command. */
    private final class Announcer implements Commands.Listener {
        @Override
        public void wrote(StoredCommand command, Channel channel, String text) {
            fire(command, "output", text, Json.createObjectBuilder().add("stream", channel.text()));
        }

        @Override
        public void truncated(StoredCommand command, int maxBytes) {
            fire(
                    command,
                    "status",
                    "The output is longer than " + maxBytes + " bytes; the rest of it is counted, but not kept",
                    Json.createObjectBuilder().add("phase", "command.truncated"));
        }

        @Override
        public void ended(StoredCommand command, Result result) {
            JsonObjectBuilder fields = Json.createObjectBuilder()
                    .add("durationMs", result.duration().toMillis())
                    .add("phase", result.phase().text())
                    .add("ok", result.phase() == Phase.COMPLETED)
                    .add("truncated", result.truncated());
            if (result.code() != null) {
                fields.add("code", result.code());
            }
            fire(command, "exit", result.sentence(command.cmd()), fields);
        }

        private void fire(StoredCommand command, String type, String content, JsonObjectBuilder fields) {
            fields.add("commandId", command.id().toString());
            if (command.terminalId() != null) {
                fields.add("terminalId", command.terminalId().toString());
            }
            try {
                events.fire(new SessionEvent(command.sessionId(), type, content, fields.build()));
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "What happened to command " + command.id() + " could not be told", e);
            }
        }
    }
}
