package dev.cockpitcoder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

import com.pty4j.unix.PtyHelpers;

/** A started process with everything that came from it. Linux only: it reads {@code /proc}. */
public final class ProcessTree {
    private static final Logger LOG = Logger.getLogger(ProcessTree.class.getName());
    private static final Duration POLITE = Duration.ofSeconds(1);
    private static final Duration FORCED = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final long rootPid;
    private final Launch launch;
    /** Null when it had ended before it could be looked at. */
    private final ProcEntry root;

    private final Map<Long, ProcEntry> known = new HashMap<>();
    private boolean gone;
    private boolean interrupted;

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

    private synchronized boolean end(Signal first) {
        if (!gone) {
            gone = signal(first, POLITE) || signal(Signal.TERM, POLITE) || signal(Signal.KILL, FORCED);
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
        PtyHelpers.getInstance().kill((int) member.pid(), signal.number);
        if (signal != Signal.KILL) {
            // a stopped process hears nothing until it goes on
            PtyHelpers.getInstance().kill((int) member.pid(), Signal.CONT.number);
        }
    }

    /** Parents before their children: a shell told after its child would go on, and perhaps end as if all were well. */
    private List<ProcEntry> members() {
        List<ProcEntry> living;
        try {
            living = ProcEntry.living();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc cannot be read", e);
        }
        if (root != null) {
            // what is older did not come from it: most of a machine's processes
            living.removeIf(entry -> entry.startTicks() < root.startTicks());
        }
        Map<Long, ProcEntry> byPid = new HashMap<>();
        living.forEach(entry -> byPid.put(entry.pid(), entry));
        known.values().removeIf(entry -> {
            ProcEntry now = byPid.get(entry.pid());
            return now == null || !now.same(entry);
        });
        int before;
        do {
            before = known.size();
            for (ProcEntry entry : living) {
                if (!known.containsKey(entry.pid()) && belongs(entry, byPid)) {
                    known.put(entry.pid(), entry);
                }
            }
        } while (known.size() > before);
        List<ProcEntry> members = new ArrayList<>(known.values());
        members.sort(Comparator.comparingLong(ProcEntry::startTicks).thenComparingLong(ProcEntry::pid));
        return members;
    }

    private boolean belongs(ProcEntry entry, Map<Long, ProcEntry> byPid) {
        return known.containsKey(entry.parent())
                || inOurTerminalSession(entry, byPid)
                || entry.startedWith(Launch.MARK, launch.mark());
    }

    /** The number of a session is not given to a new process while the session has members, but it may be afterwards. */
    private boolean inOurTerminalSession(ProcEntry entry, Map<Long, ProcEntry> byPid) {
        ProcEntry leader = byPid.get(rootPid);
        return entry.sid() == rootPid && root != null && (leader == null || leader.same(root));
    }

    /** An interrupt does not stop the ending of processes: it is kept for the caller. */
    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    /** signal(7), with the numbers of Linux on x86 and ARM. */
    private enum Signal {
        HUP(1),
        KILL(9),
        TERM(15),
        CONT(18);

        final int number;

        Signal(int number) {
            this.number = number;
        }
    }
}
