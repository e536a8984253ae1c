package dev.cockpitcoder.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import jakarta.json.Json;

import com.pty4j.unix.Pty;
import com.pty4j.unix.PtyHelpers;
import com.pty4j.unix.UnixPtyProcess;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

/**
 * Terminals against a bare loop that reads a PTY, node-pty behind ws, and the server's own pong. The client is the same for all and
 * shares the machine. Longer floods: {@code -Dbench.seconds=60}; more cycles: {@code -Dbench.cycles=1000}; some of
 * it: {@code -Dbench.parts=throughput,echo}; a viewer stalled for a minute: {@code -Dbench.parts=stalled -Dbench.seconds=60}.
 */
final class TerminalBench {
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int CYCLES = Integer.getInteger("bench.cycles", 200);
    /** Empty: all. */
    private static final String PARTS = System.getProperty("bench.parts", "");

    private static final int ROUNDS = 3;
    private static final int KEYS = 1000;
    private static final int IDLE = 500;
    private static final int FLOODS = 20;
    private static final long FILE_BYTES = 200_000_000;
    private static final int JOB_FILES = 5;
    /** More than is read in the time. */
    private static final int FLOOD_FILES = 30;

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_MILLI = 1e6;

    private final RunningServer server;
    private final CodingSession session;
    private final NodePeer peer;
    private final Path file;
    private final Report report = new Report("terminals");
    private long frames;

    private interface Part {
        void run() throws Exception;
    }

    private TerminalBench(RunningServer server, CodingSession session, NodePeer peer, Path file) {
        this.server = server;
        this.session = session;
        this.peer = peer;
        this.file = file;
    }

    static void run() throws Exception {
        Path directory = Files.createTempDirectory("cockpit-bench");
        Repo repo =
                Repo.create(directory.resolve("repo")).with("README", "hello\n").commit("first");
        Path file = text(directory.resolve("text"));
        RunScript script = new RunScript(directory)
                .with("REPO_ALLOWLIST", repo.path())
                .with("TERMINAL_MAX", IDLE + 100)
                .with("TERMINAL_MAX_PER_SESSION", IDLE + 100);
        try (NodePeer peer = NodePeer.start(directory.resolve("peer"));
                RunningServer server = script.serve()) {
            TerminalBench bench = new TerminalBench(server, server.cockpit().session(repo.path()), peer, file);
            Map<String, Part> parts = new LinkedHashMap<>();
            parts.put("throughput", bench::throughput);
            parts.put("echo", bench::echo);
            parts.put("interrupt", bench::interrupt);
            parts.put("floods", bench::floods);
            parts.put("cycles", bench::cycles);
            parts.put("stalled", bench::stalled);
            parts.put("unattended", bench::unattended);
            parts.put("idle", bench::idle);
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                if (PARTS.isEmpty() || PARTS.contains(part.getKey())) {
                    part.getValue().run();
                }
            }
            bench.report.print();
            server.terminate();
        }
        Files.delete(file);
    }

    private static Path text(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long written = 0; written < FILE_BYTES; written += 80) {
                out.write("%079d%n".formatted(written));
            }
        }
        return file;
    }

    private void throughput() throws Exception {
        double[] bare = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] four = new double[ROUNDS];
        double[] node = new double[ROUNDS];
        long framesToOne = 0;
        ours(1);
        for (int i = 0; i < ROUNDS; i++) {
            bare[i] = bareLoop();
            one[i] = ours(1);
            framesToOne = frames;
            node[i] = node();
            four[i] = ours(4);
        }
        double limit = Report.median(bare);
        report.figure("bare PTY loop", limit, "MB/s")
                .figure("node-pty + ws, one viewer", Report.median(node), "MB/s")
                .figure("ours, one viewer", Report.median(one), "MB/s")
                .figure("ours, bytes in a frame", FILE_BYTES / (double) framesToOne, "")
                .atLeast(0.85, "ours, one viewer, of the bare loop", Report.median(one) / limit, "")
                .atLeast(1, "ours, one viewer, of node-pty + ws", Report.median(one) / Report.median(node), "")
                .atLeast(0.6, "ours, each of four viewers, of the bare loop", Report.median(four) / limit, "");
    }

    @SuppressWarnings("deprecation")
    private double bareLoop() throws IOException {
        long begin = System.nanoTime();
        Pty master = new Pty();
        new UnixPtyProcess(new String[] {"/bin/cat", file.toString()}, new String[] {}, "/", master, null, false);
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int count; (count = PtyHelpers.getInstance().read(master.getMasterFD(), buffer, buffer.length)) > 0; ) {
            total += count;
        }
        master.close();
        return total / MEGA / secondsSince(begin);
    }

    /** Of each viewer; every one of them gets all of it. */
    private double ours(int count) throws Exception {
        String terminal = terminal("lossless");
        List<PtyViewer> viewers = IntStream.range(0, count)
                .mapToObj(i -> PtyViewer.ofOurs(session, terminal, 0))
                .toList();
        PtyViewer first = viewers.get(0);
        first.type("PS1=; echo REA''DY\r");
        first.await("READY");
        long before = first.received();
        long begin = System.nanoTime();
        first.type("exec cat " + file + "\r");
        first.control("{\"type\":\"control\",\"take\":false}");
        viewers.forEach(PtyViewer::awaitEnd);
        double seconds = secondsSince(begin);
        requireAll(viewers);
        frames = first.frames();
        return (first.received() - before) / MEGA / seconds;
    }

    private static void requireAll(List<PtyViewer> viewers) {
        for (PtyViewer viewer : viewers) {
            if (viewer.received() < FILE_BYTES || viewer.skipped() > 0) {
                throw new IllegalStateException(viewer.received() + " bytes, " + viewer.skipped() + " skipped");
            }
        }
    }

    private double node() throws Exception {
        try (PtyViewer viewer = PtyViewer.ofPeer(peer.port())) {
            viewer.type("PS1=; echo REA''DY\r");
            viewer.await("READY");
            long before = viewer.received();
            long begin = System.nanoTime();
            viewer.type("exec cat " + file + "\r");
            viewer.awaitEnd();
            return (viewer.received() - before) / MEGA / secondsSince(begin);
        }
    }

    private void echo() throws Exception {
        try (PtyViewer ours = PtyViewer.ofOurs(session, terminal("latest"), 0);
                PtyViewer node = PtyViewer.ofPeer(peer.port())) {
            for (PtyViewer viewer : List.of(ours, node)) {
                viewer.type("stty raw -echo; echo REA''DY; exec cat\r");
                viewer.await("READY");
            }
            double[] oursMillis = new double[KEYS];
            double[] nodeMillis = new double[KEYS];
            double[] floor = new double[KEYS];
            for (int i = -KEYS; i < KEYS; i++) {
                int at = Math.max(i, 0);
                oursMillis[at] = ours.echo() / NANOS_PER_MILLI;
                nodeMillis[at] = node.echo() / NANOS_PER_MILLI;
                floor[at] = ours.pingPong() / NANOS_PER_MILLI;
            }
            double pong = Report.median(floor);
            double peerMedian = Report.median(nodeMillis);
            double peerLate = Report.quantile(nodeMillis, 0.99);
            report.figure("pong of our server, median", pong, "ms")
                    .figure("echo of node-pty + ws, median", peerMedian, "ms")
                    .atMost(peerMedian, "echo of ours, median", Report.median(oursMillis), "ms")
                    .atMost(0.15, "echo of ours beyond the pong, median", Report.median(oursMillis) - pong, "ms")
                    .figure("echo of node-pty + ws, 99th percentile", peerLate, "ms")
                    .atMost(peerLate, "echo of ours, 99th percentile", Report.quantile(oursMillis, 0.99), "ms");
        }
    }

    /** A flood into a viewer that takes 3 MB in a second. */
    private void interrupt() throws Exception {
        try (PtyViewer viewer = PtyViewer.ofOurs(session, terminal("latest"), SLOW_NANOS)) {
            viewer.type("PS1='PRO''MPT>'\r");
            viewer.await("PROMPT>");
            viewer.type("yes\r");
            TimeUnit.SECONDS.sleep(SECONDS / 4);
            long early = residentBytes();
            TimeUnit.SECONDS.sleep(SECONDS - SECONDS / 4);
            long late = residentBytes();
            long begin = System.nanoTime();
            viewer.type("\u0003");
            viewer.await("PROMPT>");
            report.figure("resident set early in a flood", early / MEGA, "MB")
                    .figure("resident set at its end", late / MEGA, "MB")
                    .atMost(200, "Ctrl-C under yes, to the prompt of a slow viewer", millisSince(begin), "ms");
        }
    }

    /** As many programs on PTYs that are read and nothing else, together: what the kernel gives. */
    @SuppressWarnings("deprecation")
    private static double bareFloods(String... argv) throws Exception {
        AtomicLong received = new AtomicLong();
        List<UnixPtyProcess> programs = new ArrayList<>();
        for (int i = 0; i < FLOODS; i++) {
            Pty master = new Pty();
            programs.add(new UnixPtyProcess(argv, new String[] {}, "/", master, null, false));
            new Thread(() -> count(master, received), "bare-flood").start();
        }
        TimeUnit.SECONDS.sleep(1);
        long before = received.get();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS / 4);
        double rate = (received.get() - before) / MEGA / secondsSince(begin);
        programs.forEach(UnixPtyProcess::destroyForcibly);
        return rate;
    }

    private static void count(Pty master, AtomicLong received) {
        byte[] buffer = new byte[64 * 1024];
        for (int count; (count = PtyHelpers.getInstance().read(master.getMasterFD(), buffer, buffer.length)) > 0; ) {
            received.addAndGet(count);
        }
    }

    private void floods() throws Exception {
        floods("of yes", "yes");
        floods("of text", "cat" + (" " + file).repeat(FLOOD_FILES));
    }

    private void floods(String which, String program) throws Exception {
        double limit = bareFloods(("/usr/bin/" + program).split(" "));
        List<PtyViewer> floods = new ArrayList<>();
        for (int i = 0; i < FLOODS; i++) {
            PtyViewer viewer = PtyViewer.ofOurs(session, terminal("latest"), 0);
            viewer.type("exec " + program + "\r");
            floods.add(viewer);
        }
        try (PtyViewer quiet = PtyViewer.ofOurs(session, terminal("latest"), 0)) {
            quiet.type("stty raw -echo; echo REA''DY; exec cat\r");
            quiet.await("READY");
            long before = floods.stream().mapToLong(PtyViewer::received).sum();
            long begin = System.nanoTime();
            List<Double> echoes = new ArrayList<>();
            while (secondsSince(begin) < SECONDS / 2.0) {
                echoes.add(quiet.echo() / NANOS_PER_MILLI);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            double seconds = secondsSince(begin);
            long after = floods.stream().mapToLong(PtyViewer::received).sum();
            double[] late = echoes.stream().mapToDouble(Double::doubleValue).toArray();
            double rate = (after - before) / MEGA / seconds;
            report.figure("twenty floods " + which + " that are only read", limit, "MB/s")
                    .atLeast(20, "twenty floods " + which + " together", rate, "MB/s")
                    .figure("of the former", rate / limit, "")
                    .atMost(200, "echo beside them, 99th percentile", Report.quantile(late, 0.99), "ms");
        }
        for (PtyViewer flood : floods) {
            flood.close();
        }
        endAll();
    }

    /** What a viewer gets of a flood, alone and beside one that takes nothing; fails when that one does not catch up afterwards. */
    private void stalled() throws Exception {
        double[] alone = new double[ROUNDS];
        double[] beside = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            String terminal = terminal("latest");
            try (PtyViewer viewer = PtyViewer.ofOurs(session, terminal, 0)) {
                viewer.type("yes\r");
                TimeUnit.SECONDS.sleep(1);
                alone[i] = rate(viewer);
                try (PtyViewer other = PtyViewer.ofOurs(session, terminal, 0)) {
                    other.stall(true);
                    beside[i] = rate(viewer);
                    viewer.type("\u0003");
                    viewer.type("PS1='PRO''MPT>'\r");
                    viewer.await("PROMPT>");
                    other.stall(false);
                    other.await("PROMPT>");
                    // what the shell writes after its prompt may still be on its way to one of them
                    Eventually.holds(
                            () -> other.reached() + " and not " + viewer.reached(),
                            java.time.Duration.ofSeconds(5),
                            () -> other.reached() == viewer.reached());
                }
            }
            endAll();
        }
        report.figure("one viewer of a flood", Report.median(alone), "MB/s")
                .atLeast(
                        0.95,
                        "the same beside a stalled viewer, of that",
                        Report.median(beside) / Report.median(alone),
                        "");
    }

    private static double rate(PtyViewer viewer) throws InterruptedException {
        long before = viewer.reached();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(SECONDS);
        return (viewer.reached() - before) / MEGA / secondsSince(begin);
    }

    /** A job that prints 1 GB with nobody there, against the same into a PTY that is read and nothing else. */
    private void unattended() throws Exception {
        double[] bare = new double[ROUNDS];
        double[] ours = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            bare[i] = FILE_BYTES / MEGA / bareLoop() * JOB_FILES;
            ours[i] = job();
            endAll();
        }
        report.figure("1 GB into a PTY that is only read", Report.median(bare), "s")
                .figure("1 GB with nobody there", Report.median(ours), "s")
                .atMost(1.2, "of the former", Report.median(ours) / Report.median(bare), "");
    }

    private double job() throws Exception {
        Path directory = Files.createTempDirectory(file.getParent(), "job");
        Path done = directory.resolve("done");
        String files = (file + " ").repeat(JOB_FILES);
        try (PtyViewer starter = PtyViewer.ofOurs(session, terminal("latest"), 0)) {
            starter.type("cd " + directory + "; PS1=; echo REA''DY; until [ -e gone ]; do sleep 0.05; done;"
                    + " date +%s%N > begin; cat " + files + "; date +%s%N > end; touch done\r");
            starter.await("READY");
        }
        Files.createFile(directory.resolve("gone"));
        Eventually.holds(() -> "the job goes on", java.time.Duration.ofSeconds(300), () -> Files.exists(done));
        return (nanos(directory.resolve("end")) - nanos(directory.resolve("begin"))) / 1e9;
    }

    private static long nanos(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).trim());
    }

    private void cycles() throws Exception {
        long[] before = held();
        for (int i = 0; i < CYCLES; i++) {
            String terminal = terminal("latest");
            PtyViewer.ofOurs(session, terminal, 0).close();
            session.cockpit()
                    .delete(session.token(), "/api/terminals/" + terminal)
                    .expect(200);
        }
        Eventually.holds(
                () -> Arrays.toString(held()) + " after " + Arrays.toString(before),
                java.time.Duration.ofSeconds(60),
                () -> held()[0] <= before[0]);
        long[] after = held();
        report.atMost(0, "processes left by " + CYCLES + " terminals", (double) after[0] - before[0], "")
                .figure("threads more after them (pools shrink within 30 s)", (double) after[1] - before[1], "")
                .figure("descriptors more after them", (double) after[2] - before[2], "");
    }

    private void idle() throws Exception {
        endAll();
        collect();
        long memory = residentBytes();
        long threads = held()[1];
        for (int i = 0; i < IDLE; i++) {
            terminal("latest");
        }
        TimeUnit.SECONDS.sleep(3);
        collect();
        report.atMost(0.3, "server memory of an idle terminal", (residentBytes() - memory) / MEGA / IDLE, "MB")
                .atMost(2, "threads of an idle terminal", (double) (held()[1] - threads) / IDLE, "");
        endAll();
    }

    private void endAll() {
        session.cockpit().get(session.token(), "/api/terminals").json().getJsonArray("terminals").stream()
                .map(each -> each.asJsonObject().getString("id"))
                .forEach(id -> session.cockpit().delete(session.token(), "/api/terminals/" + id));
    }

    private void collect() throws IOException, InterruptedException {
        new ProcessBuilder("jcmd", Long.toString(server.java().pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private String terminal(String drain) {
        return session.cockpit()
                .post(
                        session.token(),
                        "/api/terminals",
                        Json.createObjectBuilder().add("drain", drain).build())
                .expect(201)
                .json()
                .getString("id");
    }

    /** Processes, threads and descriptors of the server. */
    private long[] held() {
        ProcessHandle java = server.java();
        Path proc = Path.of("/proc", Long.toString(java.pid()));
        return new long[] {java.descendants().count(), count(proc.resolve("task")), count(proc.resolve("fd"))};
    }

    private static long count(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? 0 : names.length;
    }

    private long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.java().pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
}
