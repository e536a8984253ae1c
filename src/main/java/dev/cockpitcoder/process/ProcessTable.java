package dev.cockpitcoder.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The living processes that were started after this one, as one look at {@code /proc} found them. A look reads files of every process of the
 * machine: so one look serves all who wait for one, however many trees are being ended.
 */
public final class ProcessTable {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition LOOKED = LOCK.newCondition();
    private static final long OUR_START = ProcEntry.of(ProcessHandle.current().pid())
            .map(ProcEntry::startTicks)
            .orElse(0L);

    private static final Path LOAD = Path.of("/proc/loadavg");

    private static boolean looking;
    private static long begun;
    private static long finished;
    private static ProcessTable latest = new ProcessTable(List.of(), Map.of());

    private final Map<Long, ProcEntry> byPid;
    private final Map<Long, List<ProcEntry>> byParent;
    private final Map<Long, List<ProcEntry>> bySession;
    /** By process, of those that have one. It is kept when a process replaces its environment. */
    private final Map<ProcEntry.Identity, String> marks;

    private final Map<String, List<ProcEntry>> byMark;
    private final long tookNanos;

    private ProcessTable(List<ProcEntry> living, Map<ProcEntry.Identity, String> knownMarks) {
        this(living, knownMarks, System.nanoTime());
    }

    private ProcessTable(List<ProcEntry> living, Map<ProcEntry.Identity, String> knownMarks, long since) {
        byPid = living.stream().collect(Collectors.toMap(ProcEntry::pid, Function.identity(), (one, same) -> same));
        byParent = living.stream().collect(Collectors.groupingBy(ProcEntry::parent));
        bySession = living.stream().collect(Collectors.groupingBy(ProcEntry::sid));
        marks = new HashMap<>();
        byMark = new HashMap<>();
        for (ProcEntry entry : living) {
            String known = knownMarks.get(entry.identity());
            String mark = known == null ? entry.startedWith(Launch.MARK).orElse(null) : known;
            if (mark != null) {
                marks.put(entry.identity(), mark);
                byMark.computeIfAbsent(mark, any -> new ArrayList<>()).add(entry);
            }
        }
        tookNanos = System.nanoTime() - since;
    }

    /** The outcome of a look that began after this was called. Does not hear interrupts. */
    public static ProcessTable look() throws IOException {
        Map<ProcEntry.Identity, String> known;
        LOCK.lock();
        try {
            long wanted = begun + 1;
            while (looking && finished < wanted) {
                LOOKED.awaitUninterruptibly();
            }
            if (finished >= wanted) {
                return latest;
            }
            looking = true;
            begun++;
            known = latest.marks;
        } finally {
            LOCK.unlock();
        }
        ProcessTable table = null;
        try {
            long since = System.nanoTime();
            List<ProcEntry> living = ProcEntry.living();
            living.removeIf(entry -> entry.startTicks() < OUR_START);
            table = new ProcessTable(living, known, since);
            return table;
        } finally {
            over(table);
        }
    }

    /** The processes and threads of the whole machine: one short file, where {@link #look} reads hundreds. */
    public static long tasksOfTheMachine() throws IOException {
        String load = Files.readString(LOAD, StandardCharsets.US_ASCII);
        return Long.parseLong(load.substring(load.indexOf('/') + 1, load.lastIndexOf(' ')));
    }

    private static void over(ProcessTable table) {
        LOCK.lock();
        try {
            looking = false;
            if (table != null) {
                latest = table;
                finished = begun;
            }
            LOOKED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /** How long it took to look. */
    long tookNanos() {
        return tookNanos;
    }

    /** Null when there is none of that number. */
    ProcEntry process(long pid) {
        return byPid.get(pid);
    }

    boolean has(ProcEntry entry) {
        ProcEntry now = byPid.get(entry.pid());
        return now != null && now.same(entry);
    }

    List<ProcEntry> childrenOf(long pid) {
        return byParent.getOrDefault(pid, List.of());
    }

    List<ProcEntry> inSession(long sid) {
        return bySession.getOrDefault(sid, List.of());
    }

    /** Those that were started with this value of {@link Launch#MARK}. */
    List<ProcEntry> marked(String mark) {
        return byMark.getOrDefault(mark, List.of());
    }
}
