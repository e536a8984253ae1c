package dev.cockpitcoder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** A started process with everything that came from it. Linux only: it reads {@code /proc}. */
public final class ProcessTree {
    private static final Logger LOG = Logger.getLogger(ProcessTree.class.getName());
    private static final Duration POLITE = Duration.ofSeconds(1);
    private static final Duration FORCED = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(10).toNanos();

    private final long rootPid;
    private final Launch launch;
    /** Null when it had ended before it could be looked at. */
    private final ProcEntry root;

    private final Map<Long, ProcEntry> known = new HashMap<>();
    private boolean gone;
    private boolean interrupted;
    private long lookAgainNanos = LOOK_AGAIN_NANOS;

    ProcessTree(long rootPid, Launch launch) {
        this.rootPid = rootPid;
        this.launch = launch;
        this.root = ProcEntry.of(rootPid).orElse(null);
        if (root != null) {
            known.put(rootPid, root);
        }
    }

    /**
     * Ends all of it: HUP, after a second TERM, after another KILL until none is left. Blocks for at most five seconds. May be
     * called again and from several threads.
     *
     * @return whether it is verified that none is left
     */
    public boolean end() {
        return end(Signal.HUP);
    }

    /** The same for what is no terminal's: TERM, after two seconds KILL. */
    public boolean terminate() {
        return end(Signal.TERM);
    }

    /** The same with KILL at once. */
    public boolean kill() {
        return end(Signal.KILL);
    }

    private synchronized boolean end(Signal first) {
        if (!gone) {
            gone = first != Signal.KILL && (signal(first, POLITE) || signal(Signal.TERM, POLITE))
                    || signal(Signal.KILL, FORCED);
            if (interrupted) {
                interrupted = false;
                Thread.currentThread().interrupt();
            }
            if (!gone) {
                LOG.warning(() -> "Process tree " + rootPid + " survived KILL: " + members());
            }
        }
        return gone;
    }

    /** How many processes and threads it has, without the wrapper around them. */
    public int tasks(ProcessTable table) {
        Map<Long, ProcEntry> found = new HashMap<>();
        if (root != null && table.has(root)) {
            found.put(rootPid, root);
        }
        descendants(table, found);
        if (launch.isolation() == Isolation.BUBBLEWRAP) {
            found.remove(rootPid);
        }
        return found.values().stream()
                .map(entry -> table.process(entry.pid()))
                .mapToInt(ProcEntry::threads)
                .sum();
    }

    /**
     * Whether its program, a shell, has put something else into the foreground of its terminal. A shell without job control does
     * not, and is never busy.
     */
    public boolean hasForegroundCommand(ProcessTable table) {
        ProcEntry program = table.process(rootPid);
        while (program != null && program.name().equals("bwrap")) {
            program = table.childrenOf(program.pid()).stream().findFirst().orElse(null);
        }
        return program != null && program.foreground() > 0 && program.foreground() != program.group();
    }

    /** Whether none of it is left. */
    public synchronized boolean gone() {
        // looked at twice: a process can fork while the list is being read
        return gone || members().isEmpty() && members().isEmpty();
    }

    private boolean signal(Signal signal, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        Map<Long, ProcEntry> told = new HashMap<>();
        do {
            for (ProcEntry member : members()) {
                ProcEntry before = told.put(member.pid(), member);
                // told once to be polite; killed as long as it is there
                if (before == null || !before.same(member) || signal == Signal.KILL) {
                    send(signal, member);
                }
            }
            if (gone()) {
                return true;
            }
            pause();
        } while (System.nanoTime() < deadline);
        return false;
    }

    private void send(Signal signal, ProcEntry member) {
        // the outer bwrap would take the namespace down at once, and nobody inside could say goodbye
        boolean wrapper = launch.isolation() == Isolation.BUBBLEWRAP && member.pid() == rootPid;
        if (wrapper && signal != Signal.KILL
                || ProcEntry.of(member.pid()).filter(member::same).isEmpty()) {
            return;
        }
        signal.send(member.pid());
        if (signal != Signal.KILL) {
            // a stopped process hears nothing until it goes on
            Signal.CONT.send(member.pid());
        }
    }

    /** Parents before their children: a shell told after its child would go on, and perhaps end as if all were well. */
    private List<ProcEntry> members() {
        ProcessTable table = look();
        lookAgainNanos = Math.max(LOOK_AGAIN_NANOS, table.tookNanos());
        known.values().removeIf(entry -> !table.has(entry));
        descendants(table, known);
        List<ProcEntry> members = new ArrayList<>(known.values());
        members.sort(Comparator.comparingLong(ProcEntry::startTicks).thenComparingLong(ProcEntry::pid));
        return members;
    }

    private static ProcessTable look() {
        try {
            return ProcessTable.look();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc cannot be read", e);
        }
    }

    /** Adds all that came from those that are there, or belongs to this tree by its session or its mark. */
    private void descendants(ProcessTable table, Map<Long, ProcEntry> found) {
        Deque<ProcEntry> toVisit = new ArrayDeque<>(found.values());
        Consumer<ProcEntry> add = entry -> {
            if (found.putIfAbsent(entry.pid(), entry) == null) {
                toVisit.add(entry);
            }
        };
        table.marked(launch.mark()).forEach(add);
        table.inSession(rootPid).stream().filter(entry -> ourSession(table)).forEach(add);
        for (ProcEntry entry; (entry = toVisit.poll()) != null; ) {
            table.childrenOf(entry.pid()).forEach(add);
        }
    }

    /** The number of a session is not given to a new process while the session has members, but it may be afterwards. */
    private boolean ourSession(ProcessTable table) {
        ProcEntry leader = table.process(rootPid);
        return root != null && (leader == null || leader.same(root));
    }

    /** An interrupt does not stop the ending of processes: it is kept for the caller. */
    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(lookAgainNanos);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }
}
