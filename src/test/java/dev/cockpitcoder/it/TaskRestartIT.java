package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import jakarta.json.Json;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that is killed while an agent works. */
class TaskRestartIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bubblewrap", "none"})
    void aKilledServersTaskIsInterruptedItsWorkKeptAndAFollowUpGoesOn(String sandbox) throws IOException {
        Repo repo = Repo.create(directory.resolve("repos/app")).with("a", "a\n").commit("first");
        RunScript script =
                new RunScript(directory).with("REPO_ALLOWLIST", repo.path()).with("AGENTS_FILE", profile(sandbox));
        String mark = "86400" + System.nanoTime();
        CodingSession session;
        String id;
        try (RunningServer server = script.serve()) {
            session = server.cockpit().session(repo.path());
            TasksApi tasks = new TasksApi(session);
            id = tasks.create("echo half >> a; sleep " + mark);
            Eventually.holds(() -> "the agent works", Duration.ofSeconds(30), () -> runs(mark));

            if (sandbox.equals("bubblewrap")) {
                server.kill();
                Eventually.holds(() -> "the agent ends with the server", Duration.ofSeconds(10), () -> !runs(mark));
            } else {
                ProcessHandle java = server.java();
                java.destroyForcibly();
                java.onExit().join();
                assertThat(runs(mark)).as("nothing ends it yet").isTrue();
            }
        }
        try (RunningServer server = script.serve()) {
            TasksApi tasks = new TasksApi(session);
            assertThat(tasks.read(id).getString("phase")).isEqualTo("interrupted");
            assertThat(runs(mark)).isFalse();
            Eventually.holds(
                    () -> "its patches",
                    Duration.ofSeconds(20),
                    () -> tasks.patches(id).size() == 1);

            tasks.post(
                            "/" + id + "/messages",
                            Json.createObjectBuilder()
                                    .add("content", "echo rest >> a")
                                    .build())
                    .expect(202);
            assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
            tasks.apply(id, "All of it", "a", 0).expect(200);

            assertThat(repo.path().resolve("a")).hasContent("a\nhalf\nrest");
            server.interrupt();
        }
    }

    private Path profile(String sandbox) throws IOException {
        return Files.writeString(
                directory.resolve("agents.json"),
                "{\"profiles\":[{\"name\":\"scripted\",\"adapter\":\"command\",\"argv\":[\"sh\",\"-c\",\"{instruction}\"],\"sandbox\":\""
                        + sandbox + "\"}]}");
    }

    /** Not those that merely say so, such as what starts it. */
    private static boolean runs(String mark) {
        return !RunningServer.processesNaming(mark).isEmpty();
    }
}
