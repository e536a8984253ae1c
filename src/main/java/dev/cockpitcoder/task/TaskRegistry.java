package dev.cockpitcoder.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.annotation.Gauge;

import dev.cockpitcoder.agent.Agents;
import dev.cockpitcoder.identity.Audit;
import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.patch.Patches;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.session.ClientJoined;
import dev.cockpitcoder.session.ClientMessage;
import dev.cockpitcoder.session.SessionEnded;
import dev.cockpitcoder.session.SessionEvent;
import dev.cockpitcoder.session.SessionService;
import dev.cockpitcoder.workspace.Branches;
import dev.cockpitcoder.workspace.WorkingCopies;

/** The tasks of this server, as the container knows them: ended with the application. */
@ApplicationScoped
public class TaskRegistry {
    private static final Logger LOG = Logger.getLogger(TaskRegistry.class.getName());
    private static final int FORBIDDEN = 403;
    /** Two read an agent's output, one sends it, one may end it. */
    private static final int WORKERS_PER_TASK = 4;

    private static final int MORE_WORKERS = 16;

    @Inject
    private TaskConfig config;

    @Inject
    private TaskService service;

    @Inject
    private SessionService sessions;

    @Inject
    private WorkingCopies copies;

    @Inject
    private Branches branches;

    @Inject
    private Patches patches;

    @Inject
    private Agents agents;

    @Inject
    private Event<SessionEvent> events;

    @Inject
    private Audit audit;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory factory;

    private WorkerThreads threads;
    private Tasks tasks;

    @PostConstruct
    void make() {
        threads = new WorkerThreads("task", factory, config.maxInAll() * WORKERS_PER_TASK + MORE_WORKERS);
        tasks = new Tasks(
                config,
                threads,
                service,
                new Tasks.Rooms(sessions::openRepo, copies, branches, patches, agents),
                new TaskNews(events::fire));
    }

    /** @param interrupted what was active when the last server died */
    void open(List<StoredTask> interrupted) {
        patches.recover(id -> service.find(id)
                .map(task -> copies.open(id, task.repo(), task.baseCommit()))
                .orElseThrow());
        tasks.recover(interrupted);
    }

    /** Ends all tasks and waits for that. Called by {@link TaskStart}, and once more by the container. */
    @PreDestroy
    void close() {
        tasks.close();
        threads.close();
    }

    Tasks tasks() {
        return tasks;
    }

    TaskView create(Caller caller, NewTask wanted, String key) {
        try {
            return tasks.create(caller.requireSession(), caller.subject(), wanted, key);
        } catch (ProblemException e) {
            if (e.code().status() == FORBIDDEN) {
                audit.done(caller.subject(), "was refused a task", e.code() + " in " + caller.sessionId());
            }
            throw e;
        }
    }

    /** Deletes the files of tasks that rest for so long; what was done is kept. */
    void putAway() {
        for (StoredTask task : service.resting(Instant.now().minus(retention()))) {
            try {
                tasks.putAway(task);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        e,
                        () -> "The files of task " + task.id() + " stay: they cannot be kept otherwise");
            }
        }
    }

    private Duration retention() {
        return config.retention();
    }

    void endSession(@Observes SessionEnded ended) {
        tasks.endSession(ended.sessionId());
    }

    /** It hears what agents ask and nobody has answered. */
    void join(@Observes ClientJoined client) {
        service.openSince(client.sessionId()).ifPresent(client::hearsSince);
    }

    /** A chat line goes to the newest task of the session; a confirmation answers what an agent asked. */
    void hear(@Observes ClientMessage said) {
        if (said.type().equals(ClientMessage.CONFIRMATION)) {
            answer(said);
            return;
        }
        Optional<StoredTask> newest =
                service.page(said.sessionId(), null, 1).stream().findFirst();
        newest.ifPresent(task -> {
            said.handled();
            followUp(task.id(), said);
        });
    }

    private void answer(ClientMessage said) {
        try {
            tasks.answer(
                    said.sessionId(),
                    UUID.fromString(said.message().getString("messageId", "")),
                    said.message().getBoolean("confirmed"));
            said.handled();
        } catch (ProblemException e) {
            LOG.log(Level.FINE, "A confirmation answers nothing", e);
            said.refuse(e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.FINE, "A confirmation answers nothing", e);
            said.refuse("There is no such question in this session.");
        }
    }

    private void followUp(UUID id, ClientMessage said) {
        try {
            tasks.followUp(said.sessionId(), id, new NewMessage(said.message().getString("content", ""), null, null));
        } catch (ProblemException e) {
            LOG.log(Level.FINE, "A chat line is refused", e);
            service.find(id).ifPresent(task -> new TaskNews(events::fire).error(task, e.getMessage()));
        }
    }

    @Gauge(
            name = "cockpit_tasks_disk",
            absolute = true,
            unit = MetricUnits.BYTES,
            description = "What tasks take of the disk, as measured after their last runs")
    public long diskBytes() {
        return service.diskBytes(null);
    }

    @Gauge(name = "cockpit_tasks_running", absolute = true, unit = MetricUnits.NONE, description = "Running tasks")
    public long running() {
        return tasks.running();
    }
}
