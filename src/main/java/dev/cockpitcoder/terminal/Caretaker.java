package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.process.ProcessTable;
import dev.cockpitcoder.process.ProcessTree;
import dev.cockpitcoder.server.WorkerThreads;

/**
 * Looks at the running terminals a few times a second: ends those that take more than their {@link Limits} or are left alone for longer than
 * {@link Culling} says, and warns before it does where that can be known.
 */
final class Caretaker {
    /** How often {@link #look} is to be called. */
    static final Duration EVERY = Duration.ofMillis(250);

    private static final Logger LOG = Logger.getLogger(Caretaker.class.getName());
    private static final Duration WARNING = Duration.ofSeconds(60);
    /** Processes are counted this often, and earlier when there are suddenly more on the machine. */
    private static final Duration COUNT_EVERY = Duration.ofSeconds(5);

    private final Limits limits;
    private final Culling culling;
    private final WorkerThreads threads;
    private final BiConsumer<Terminal, PtyMessage.Notice> noticed;
    private final Map<UUID, Care> inCare = new ConcurrentHashMap<>();
    private final ReentrantLock looking = new ReentrantLock();
    private long countedAt = System.nanoTime();
    private long tasksWhenCounted;

    /** One terminal, and what it was told. */
    private static final class Care {
        final Terminal terminal;
        final ProcessTree tree;
        final boolean shell;
        final long startedAt = System.nanoTime();
        final Idleness idleness;
        boolean warnedOfIdleness;
        boolean warnedOfLifetime;
        boolean warnedOfProcesses;
        boolean ending;

        Care(Terminal terminal, ProcessTree tree, boolean shell, Culling culling) {
            this.terminal = terminal;
            this.tree = tree;
            this.shell = shell;
            this.idleness = new Idleness(culling, startedAt);
        }
    }

    /** @param noticed told what was told to the viewers of a terminal */
    Caretaker(Limits limits, Culling culling, WorkerThreads threads, BiConsumer<Terminal, PtyMessage.Notice> noticed) {
        this.limits = limits;
        this.culling = culling;
        this.threads = threads;
        this.noticed = noticed;
    }

    /** @param shell false for a program that is itself the command: it is not ended for being left alone */
    void add(Terminal terminal, ProcessTree tree, boolean shell) {
        inCare.put(terminal.id(), new Care(terminal, tree, shell, culling));
    }

    void remove(Terminal terminal) {
        inCare.remove(terminal.id());
    }

    /** Does nothing while another thread is at it. */
    void look() {
        if (!inCare.isEmpty() && looking.tryLock()) {
            try {
                long now = System.nanoTime();
                inCare.values().forEach(care -> look(care, now));
                count(now);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The processes of terminals cannot be counted", e);
            } finally {
                looking.unlock();
            }
        }
    }

    private void look(Care care, long now) {
        if (limits.outputBytes() > 0 && care.terminal.log().head() > limits.outputBytes()) {
            end(care, Ending.OUTPUT_LIMIT, "it wrote more than " + Amount.of(limits.outputBytes()));
        }
        if (!limits.lifetime().isZero()) {
            lookAtLifetime(care, now);
        }
        if (care.shell && !culling.isOff()) {
            lookAtIdleness(care, now);
        }
    }

    private void lookAtLifetime(Care care, long now) {
        Duration left = limits.lifetime().minusNanos(now - care.startedAt);
        String reason = "it has been open for " + Amount.of(limits.lifetime());
        if (left.isNegative()) {
            end(care, Ending.LIFETIME_LIMIT, reason);
        } else if (!care.warnedOfLifetime && left.compareTo(lead(limits.lifetime())) <= 0) {
            care.warnedOfLifetime = true;
            warn(care, Ending.LIFETIME_LIMIT, left, reason);
        }
    }

    private void lookAtIdleness(Care care, long now) {
        Terminal terminal = care.terminal;
        Attendance attendance = terminal.attendance();
        long viewedAt = terminal.viewers().isEmpty() ? attendance.leftAt() : now;
        care.idleness.restart(attendance.attendedAt());
        care.idleness.observe(
                now, viewedAt, attendance.typedAt(), terminal.log().head());
        Optional<Duration> left = care.idleness.left(now);
        boolean soon = left.filter(time -> time.compareTo(lead(care.idleness.limit(now))) <= 0)
                .isPresent();
        if (soon && runsCommand(care)) {
            care.idleness.restart(now);
            soon = false;
        }
        if (!soon && care.warnedOfIdleness) {
            care.warnedOfIdleness = false;
            tell(care, new PtyMessage.Notice(PtyMessage.Notice.STAYS, "The terminal stays open."));
        } else if (soon && left.get().isNegative()) {
            end(care, Ending.IDLE, care.idleness.reason(now));
        } else if (soon && !care.warnedOfIdleness) {
            care.warnedOfIdleness = true;
            warn(care, Ending.IDLE, left.get(), care.idleness.reason(now));
        }
    }

    /** Short limits are warned of later. */
    private static Duration lead(Duration limit) {
        Duration half = limit.dividedBy(2);
        return half.compareTo(WARNING) < 0 ? half : WARNING;
    }

    /** When that cannot be known it is as if one ran: nothing is ended by mistake. */
    private static boolean runsCommand(Care care) {
        try {
            return care.tree.hasForegroundCommand(ProcessTable.look());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "What runs on terminal " + care.terminal.id() + " cannot be known", e);
            return true;
        }
    }

    private void count(long now) throws IOException {
        if (limits.processes() == 0) {
            return;
        }
        long more = ProcessTable.tasksOfTheMachine() - tasksWhenCounted;
        if (more > limits.processes() / 4 || now - countedAt >= COUNT_EVERY.toNanos()) {
            ProcessTable table = ProcessTable.look();
            inCare.values().forEach(care -> compare(care, care.tree.tasks(table)));
            countedAt = now;
            tasksWhenCounted = ProcessTable.tasksOfTheMachine();
        }
    }

    private void compare(Care care, int tasks) {
        if (tasks > limits.processes()) {
            end(care, Ending.PROCESS_LIMIT, "it had more than " + limits.processes() + " processes and threads");
        } else if (!care.warnedOfProcesses && tasks > limits.processes() - limits.processes() / 10) {
            care.warnedOfProcesses = true;
            tell(
                    care,
                    new PtyMessage.Notice(
                            Ending.PROCESS_LIMIT.name(),
                            "The terminal has " + tasks + " processes and threads; it may have " + limits.processes()
                                    + "."));
        } else if (tasks < limits.processes() / 2) {
            care.warnedOfProcesses = false;
        }
    }

    private void warn(Care care, Ending why, Duration left, String reason) {
        String message = "The terminal ends in " + Math.max(1, left.toSeconds()) + " s: " + reason + ".";
        tell(care, new PtyMessage.Notice(why.name(), message, left));
    }

    private void end(Care care, Ending why, String reason) {
        if (care.ending) {
            return;
        }
        care.ending = true;
        tell(care, new PtyMessage.Notice(why.name(), "The terminal was ended: " + reason + ".", Duration.ZERO));
        threads.run(() -> {
            if (why == Ending.PROCESS_LIMIT) {
                // no time for farewells: what forks without end forks on meanwhile
                care.terminal.end(why, care.tree::kill);
            } else {
                care.terminal.end(why);
            }
        });
    }

    private void tell(Care care, PtyMessage.Notice notice) {
        care.terminal.tell(notice);
        noticed.accept(care.terminal, notice);
    }
}
