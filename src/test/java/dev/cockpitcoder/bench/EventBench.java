package dev.cockpitcoder.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import jakarta.json.Json;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.workspace.Repo;

/**
 * Two hundred subscribers of one session while commands write: how late an event arrives, from the moment it was stored
 * ({@code at}), and whether each subscriber sees all. Server and subscribers share the machine.
 */
final class EventBench {
    private static final int SUBSCRIBERS = 200;
    private static final int WRITERS = 8;
    private static final int SECONDS = 20;
    private static final int SETTLE_SECONDS = 3;

    private EventBench() {}

    static void run() throws Exception {
        Path directory = Files.createTempDirectory("cockpit-bench");
        Repo repo =
                Repo.create(directory.resolve("repo")).with("README", "hello\n").commit("first");
        Path chatter = Files.writeString(
                directory.resolve("chatter.sh"), "while :; do echo a line of a chatty command; sleep 0.02; done\n");
        RunScript script = new RunScript(directory)
                .with("REPO_ALLOWLIST", repo.path())
                .with("CMD_ALLOWLIST", "sh " + chatter)
                .with("EVENT_READERS_PER_SESSION", SUBSCRIBERS + 10)
                .with("EVENT_READERS", SUBSCRIBERS + 10)
                .with("CMD_MAX_PER_SESSION", WRITERS);
        Report report = new Report("events");
        try (RunningServer server = script.serve()) {
            measure(server.cockpit().session(repo.path()), "sh " + chatter, report);
            server.terminate();
        }
        report.print();
    }

    private static void measure(CodingSession session, String chatter, Report report) throws Exception {
        String url = session.connection().getJsonObject("ws").getString("events") + "?" + session.query();
        try (EventReaders readers = new EventReaders(url, SUBSCRIBERS)) {
            for (int i = 0; i < WRITERS; i++) {
                session.cockpit()
                        .post(
                                session.token(),
                                "/api/cmd",
                                Json.createObjectBuilder()
                                        .add("cmd", chatter)
                                        .add("timeoutMs", TimeUnit.SECONDS.toMillis(SECONDS))
                                        .build(),
                                "Prefer",
                                "respond-async")
                        .expect(202);
            }
            TimeUnit.SECONDS.sleep(SECONDS + SETTLE_SECONDS);
            double[] late = readers.late();
            report.atLeast(100, "events a second", (double) readers.fewest() / SECONDS, "1/s")
                    .figure("subscribers", SUBSCRIBERS, "")
                    .figure("from stored to received, median", Report.median(late), "ms")
                    .atMost(250, "from stored to received, 99th percentile", Report.quantile(late, 0.99), "ms")
                    .atMost(0, "holes in any subscriber's sequence", readers.holes(), "");
        }
    }
}
