package dev.cockpitcoder.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

/**
 * Commands through the API against the bare program: overhead of one, a steady stream of many, and a line too long to hold. The
 * server is the one people run, started by {@code run.sh}.
 */
final class CommandBench {
    private static final int ROUNDS = 400;
    private static final int WARM_UP = 300;
    /** For servers that are kept busy: decision 2. It needs longer to know what is worth compiling. */
    private static final String BUSY = "-XX:TieredStopAtLevel=4 -XX:CICompilerCount=2";

    private static final int BUSY_WARM_UP = 2000;
    private static final int PER_SECOND = 25;
    private static final int SECONDS = 20;
    private static final long LONG_LINE_BYTES = 100_000_000;
    private static final String LONG_LINE = "head -c " + LONG_LINE_BYTES + " /dev/zero";
    private static final double NANOS_PER_MILLI = 1e6;

    private final CodingSession session;
    private final RunningServer server;
    private final Report report;

    private CommandBench(RunningServer server, CodingSession session, Report report) {
        this.server = server;
        this.session = session;
        this.report = report;
    }

    static void run() throws Exception {
        Path directory = Files.createTempDirectory("cockpit-bench");
        Repo repo =
                Repo.create(directory.resolve("repo")).with("README", "hello\n").commit("first");
        RunScript script = new RunScript(directory)
                .with("REPO_ALLOWLIST", repo.path())
                .with("CMD_ALLOWLIST", "true," + LONG_LINE)
                .with("CMD_MAX_PER_SESSION", 16);
        Report report = new Report("commands");
        try (RunningServer server = script.serve()) {
            CommandBench bench = new CommandBench(server, server.cockpit().session(repo.path()), report);
            bench.overhead("", WARM_UP);
            bench.steadyStream();
            bench.longLine();
            server.terminate();
        }
        script.with("JAVA_OPTS", "-Xms160m -Xmn48m -Xmx384m " + BUSY);
        try (RunningServer server = script.serve()) {
            CommandBench bench = new CommandBench(server, server.cockpit().session(repo.path()), report);
            bench.overhead(", the second compiler on", BUSY_WARM_UP);
            server.terminate();
        }
        report.print();
    }

    private void overhead(String how, int warmUp) throws IOException, InterruptedException {
        String body = Json.createObjectBuilder().add("cmd", "true").build().toString();
        double[] ours = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        double[] floor = new double[ROUNDS];
        try (PlainHttp client = new PlainHttp(URI.create(session.cockpit().base()), session.token())) {
            for (int i = 0; i < warmUp; i++) {
                client.call("POST", "/api/cmd", body);
            }
            for (int i = 0; i < ROUNDS; i++) {
                long begin = System.nanoTime();
                client.call("POST", "/api/cmd", body);
                ours[i] = millisSince(begin);
                begin = System.nanoTime();
                bare("true");
                bare[i] = millisSince(begin);
                begin = System.nanoTime();
                client.call("GET", "/api/commands", null);
                floor[i] = millisSince(begin);
            }
        }
        report.figure("`true` through the API" + how + ", median", Report.median(ours), "ms")
                .figure("`true` through the API" + how + ", 99th percentile", Report.quantile(ours, 0.99), "ms")
                .figure("`true` from a ProcessBuilder, median", Report.median(bare), "ms")
                .figure("a request that starts nothing, median", Report.median(floor), "ms")
                .atMost(
                        5,
                        "overhead over ProcessBuilder" + how + ", median",
                        Report.median(ours) - Report.median(bare),
                        "ms");
    }

    private static void bare(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).start();
        process.getInputStream().readAllBytes();
        process.getErrorStream().readAllBytes();
        process.waitFor();
    }

    /** Requests at fixed times, whether or not earlier ones have been answered. */
    private void steadyStream() throws InterruptedException {
        int count = PER_SECOND * SECONDS;
        ConcurrentLinkedQueue<Double> took = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(32);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            clients.schedule(
                    () -> {
                        long at = System.nanoTime();
                        if (post("true").status() == 200) {
                            took.add(millisSince(at));
                        } else {
                            refused.incrementAndGet();
                        }
                    },
                    i * 1000L / PER_SECOND,
                    TimeUnit.MILLISECONDS);
        }
        clients.shutdown();
        clients.awaitTermination(SECONDS * 4L, TimeUnit.SECONDS);
        double rate = took.size() / (millisSince(begin) / 1000);
        double[] all = took.stream().mapToDouble(Double::doubleValue).toArray();
        report.atLeast(PER_SECOND * 0.98, "commands a second, sustained for " + SECONDS + " s", rate, "1/s")
                .atMost(0, "of them refused or failed", count - all.length, "")
                .figure("their time, 99th percentile", Report.quantile(all, 0.99), "ms");
    }

    private void longLine() throws IOException {
        double before = residentMegabytes();
        long begin = System.nanoTime();
        JsonObject result = run(LONG_LINE);
        double seconds = millisSince(begin) / 1000;
        report.figure("100 MB in one line", seconds, "s")
                .atMost(64, "server memory gained by it", residentMegabytes() - before, "MB")
                .atMost(
                        0,
                        "bytes of it not accounted for",
                        LONG_LINE_BYTES - result.getJsonNumber("stdoutBytes").longValue(),
                        "");
        if (!result.getBoolean("truncated")) {
            throw new IllegalStateException("the answer does not say that it was cut: " + result.keySet());
        }
    }

    private double residentMegabytes() throws IOException {
        List<String> status =
                Files.readAllLines(Path.of("/proc/" + server.java().pid() + "/status"));
        return status.stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .flatMap(line -> Arrays.stream(line.split("\\s+")))
                        .filter(word -> word.matches("\\d+"))
                        .mapToDouble(Double::parseDouble)
                        .findFirst()
                        .orElseThrow()
                / 1024;
    }

    private JsonObject run(String cmd) {
        return post(cmd).expect(200).json();
    }

    private Answer post(String cmd) {
        return session.cockpit()
                .post(
                        session.token(),
                        "/api/cmd",
                        Json.createObjectBuilder().add("cmd", cmd).build());
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
}
