package dev.cockpitcoder.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

/**
 * Tasks on a repository of 50,000 files: the git engine against plain git on the same repository, turn by turn, and applies and
 * many tasks at once through the server that {@code run.sh} starts.
 */
final class TaskBench {
    private static final int FILES = Integer.getInteger("bench.files", 50_000);
    private static final int CHANGED = 20;
    private static final int COPIES = 5;
    private static final int SNAPSHOTS = 15;
    private static final int APPLIES = 9;
    private static final int TASKS = 10;
    private static final int PER_SECOND = 40;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Report report = new Report("tasks");
    private final Path directory;
    private final Repo repo;

    private TaskBench(Path directory) throws IOException {
        this.directory = directory;
        this.repo = Repo.create(directory.resolve("repos/app"));
        for (int i = 0; i < FILES; i++) {
            int number = i;
            repo.with(
                    file(i),
                    IntStream.range(0, 20)
                            .mapToObj(line -> "line " + line + " of file " + number + "\n")
                            .collect(Collectors.joining()));
        }
        repo.commit("first");
        repo.git("repack", "-a", "-d", "-q");
    }

    static void run() throws Exception {
        TaskBench bench = new TaskBench(Files.createTempDirectory("cockpit-bench"));
        bench.copies();
        bench.snapshots();
        RunScript script = new RunScript(bench.directory)
                .with("REPO_ALLOWLIST", bench.repo.path())
                .with("AGENTS_FILE", Path.of("src/test/resources/agents.json").toAbsolutePath());
        try (RunningServer server = script.serve()) {
            CodingSession session = server.cockpit().session(bench.repo.path());
            bench.applies(new TasksApi(session));
            bench.many(session);
            server.terminate();
        }
        bench.report.print();
        delete(bench.directory);
    }

    private static String file(int number) {
        return "dir" + number % 250 + "/sub" + number % 7 + "/file" + number + ".txt";
    }

    private void copies() {
        Engine engine = Engine.in(directory);
        double[] ours = new double[COPIES];
        double[] plain = new double[COPIES];
        for (int i = 0; i < COPIES; i++) {
            UUID id = UUID.randomUUID();
            String head = repo.git("rev-parse", "HEAD");
            String worktree = directory.resolve("worktree").toString();
            // each first in every second round
            if (i % 2 == 0) {
                ours[i] = millis(() -> engine.copies().create(id, repo.path(), head));
            }
            plain[i] = millis(() -> repo.git("worktree", "add", "--quiet", "--detach", worktree, head));
            if (i % 2 != 0) {
                ours[i] = millis(() -> engine.copies().create(id, repo.path(), head));
            }
            engine.copies().delete(id);
            repo.git("worktree", "remove", "--force", worktree);
        }
        compare(1.2, "working copy ready", ours, "git worktree add", plain);
    }

    private void snapshots() {
        Engine engine = Engine.in(directory);
        WorkingCopy copy = engine.copy(repo);
        Path worktree = directory.resolve("worktree");
        repo.git("worktree", "add", "--quiet", "--detach", worktree.toString(), "main");
        Repo plainly = new Repo(worktree);
        double[] ours = new double[SNAPSHOTS];
        double[] plain = new double[SNAPSHOTS];
        for (int i = 0; i < SNAPSHOTS; i++) {
            change(copy.files());
            change(worktree);
            ours[i] = millis(copy::snapshot);
            plain[i] = millis(() -> {
                plainly.git("add", "--all");
                plainly.git("write-tree");
                plainly.git("diff", "--cached");
            });
        }
        compare(1.5, "snapshot and patches of " + CHANGED + " changed files", ours, "git add, write-tree, diff", plain);
        repo.git("worktree", "remove", "--force", worktree.toString());
    }

    private static void change(Path files) {
        try {
            for (int i = 0; i < CHANGED; i++) {
                Files.writeString(files.resolve(file(i * 37)), "changed\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(double limit, String what, double[] ours, String than, double[] plain) {
        report.figure(what + ", median", Report.median(ours), "ms")
                .figure(than + ", median", Report.median(plain), "ms")
                .atMost(limit, "the former to the latter", Report.median(ours) / Report.median(plain), "x");
    }

    private void applies(TasksApi tasks) {
        String id = tasks.create(IntStream.range(0, CHANGED)
                .mapToObj(i -> "echo changed >> " + file(i * 37))
                .collect(Collectors.joining("; ")));
        if (!tasks.await(id).getString("phase").equals("ready")) {
            throw new IllegalStateException(tasks.read(id).toString());
        }
        JsonArrayBuilder select = Json.createArrayBuilder();
        List<JsonObject> patches = tasks.patches(id).getValuesAs(JsonObject.class);
        patches.forEach(patch -> select.add(Json.createObjectBuilder()
                .add("file", patch.getString("file"))
                .add("hunks", Json.createArrayBuilder().add(0))));
        JsonObject body = Json.createObjectBuilder()
                .add("select", select)
                .add("commitMessage", "x")
                .build();
        double[] applied = new double[APPLIES];
        double[] undone = new double[APPLIES];
        for (int i = 0; i < APPLIES; i++) {
            applied[i] = millis(() -> tasks.post("/" + id + "/apply", body).expect(200));
            undone[i] = millis(() ->
                    tasks.post("/" + id + "/undo", JsonObject.EMPTY_JSON_OBJECT).expect(200));
        }
        report.atMost(
                        1000,
                        "apply of " + patches.size() + " hunks through the API, median",
                        Report.median(applied),
                        "ms")
                .figure("the slowest of " + APPLIES, Report.quantile(applied, 1), "ms")
                .figure("undo of it, median", Report.median(undone), "ms");
    }

    /** Requests at fixed times, whether or not earlier ones have been answered, as long as tasks run. */
    private void many(CodingSession session) throws InterruptedException {
        TasksApi tasks = new TasksApi(session);
        ConcurrentLinkedQueue<Double> took = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Integer> failed = new ConcurrentLinkedQueue<>();
        long begin = System.nanoTime();
        List<String> ids = IntStream.range(0, TASKS)
                .mapToObj(i -> tasks.create("for i in 1 2 3 4 5; do echo x >> " + file(i) + "; sleep 0.2; done"))
                .toList();
        ScheduledExecutorService clients = Executors.newScheduledThreadPool(32);
        for (int i = 0; i < PER_SECOND; i++) {
            String path = List.of(
                            "/api/tasks?limit=10",
                            "/api/tasks/" + ids.get(i % TASKS),
                            "/api/agents",
                            "/api/session/" + session.id())
                    .get(i % 4);
            clients.scheduleAtFixedRate(
                    () -> {
                        long at = System.nanoTime();
                        Answer answer = session.cockpit().get(session.token(), path);
                        took.add((System.nanoTime() - at) / NANOS_PER_MILLI);
                        if (answer.status() != 200) {
                            failed.add(answer.status());
                        }
                    },
                    i * 1000L / PER_SECOND,
                    1000,
                    TimeUnit.MILLISECONDS);
        }
        ids.forEach(id -> {
            while (!List.of("ready", "failed").contains(tasks.read(id).getString("phase"))) {
                pause();
            }
            if (!tasks.read(id).getString("phase").equals("ready")) {
                throw new IllegalStateException(tasks.read(id).toString());
            }
        });
        double seconds = (System.nanoTime() - begin) / NANOS_PER_MILLI / 1000;
        clients.shutdown();
        clients.awaitTermination(30, TimeUnit.SECONDS);
        double[] all = took.stream().mapToDouble(Double::doubleValue).toArray();
        report.figure(TASKS + " tasks at once, all done after", seconds, "s")
                .figure("requests meanwhile, median of " + all.length, Report.median(all), "ms")
                .atMost(200, "requests meanwhile, 99th percentile", Report.quantile(all, 0.99), "ms")
                .atMost(0, "of them refused or failed", failed.size(), "");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }

    private static void delete(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder("rm", "-rf", directory.toString()).start().waitFor();
    }
}
