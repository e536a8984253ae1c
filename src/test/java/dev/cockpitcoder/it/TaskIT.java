package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** Tasks as the mobile client runs them, with a script as the agent. */
class TaskIT extends Deployed {
    private static final String LINES =
            IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    private static final String THREE_HUNKS =
            "sed -i -e s/^line\\ 3$/three/ -e s/^line\\ 20$/twenty/ -e s/^line\\ 38$/38/ a";

    private Repo repo;
    private CodingSession session;
    private TasksApi tasks;

    @BeforeEach
    void make() {
        repo = Repo.create(REPO.path().resolveSibling("task-" + UUID.randomUUID()))
                .with("a", LINES)
                .commit("first");
        session = cockpit.session(repo.path());
        tasks = new TasksApi(session);
    }

    @Test
    void fromAnInstructionToACommitOfChosenHunksAndBack() {
        try (Socket events = session.openEvents("")) {
            String id = tasks.create(THREE_HUNKS + "; echo done");
            assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");

            JsonObject patch = tasks.patches(id).getJsonObject(0);
            assertThat(patch.getString("file")).isEqualTo("a");
            assertThat(patch.getString("type")).isEqualTo("modified");
            assertThat(patch.getString("patch")).isEqualTo(patch.getString("content"));
            assertThat(patch.getJsonArray("hunks")).hasSize(3);
            assertThat(patch.getJsonArray("hunks").getJsonObject(0).getInt("startOld"))
                    .isEqualTo(1);
            assertThat(repo.git("status", "--porcelain")).isEmpty();

            JsonObject applied =
                    tasks.apply(id, "Picked on a phone", "a", 0, 2).expect(200).json();

            assertThat(applied.getBoolean("ok")).isTrue();
            assertThat(applied.getString("branch")).isEqualTo("main");
            assertThat(applied.getString("message")).isEqualTo("Picked on a phone");
            assertThat(repo.git("log", "--format=%H %s"))
                    .startsWith(applied.getString("commit") + " Picked on a phone\n")
                    .endsWith(" first");
            assertThat(repo.path().resolve("a"))
                    .hasContent(LINES.replace("line 3\n", "three\n").replace("line 38\n", "38\n"));
            assertThat(repo.git("status", "--porcelain")).isEmpty();
            assertThat(tasks.read(id).getString("phase")).isEqualTo("applied");
            assertThat(tasks.read(id).getString("status")).isEqualTo("completed");

            long bytes = tasks.read(id).getJsonNumber("diskBytes").longValue();
            assertThat(bytes).isGreaterThan(LINES.length());
            assertThat(tasks.get("")
                            .expect(200)
                            .json()
                            .getJsonNumber("diskBytes")
                            .longValue())
                    .isEqualTo(bytes);
            assertThat(cockpit.get(null, "/metrics").expect(200).text()).contains("cockpit_tasks_disk_bytes");

            tasks.post("/" + id + "/undo", JsonObject.EMPTY_JSON_OBJECT).expect(200);

            assertThat(repo.git("log", "--format=%s")).isEqualTo("first");
            assertThat(repo.path().resolve("a")).hasContent(LINES);
            tasks.post("/" + id + "/undo", JsonObject.EMPTY_JSON_OBJECT).expectProblem(409);
            JsonObject event = events.next().json();
            while (!event.getString("type").equals("patch")) {
                assertThat(event.getString("content")).isNotBlank();
                assertThat(event.getString("taskId")).isEqualTo(id);
                event = events.next().json();
            }
            assertThat(event.getInt("count")).isEqualTo(1);
        }
    }

    @Test
    void cancelLeavesNoProcess() {
        String mark = "86399" + System.nanoTime();
        try (Socket events = session.openEvents("")) {
            String id = tasks.create(
                    "echo half > half; echo begun; setsid sleep " + mark + " & trap '' TERM; sleep " + mark);
            JsonObject event = events.next().json();
            while (!event.getString("type").equals("output")) {
                event = events.next().json();
            }
            assertThat(event.getString("content")).isEqualTo("begun\n");

            JsonObject cancelled = tasks.post("/" + id + "/cancel", JsonObject.EMPTY_JSON_OBJECT)
                    .expect(200)
                    .json();

            assertThat(cancelled.getString("phase")).isEqualTo("cancelled");
            assertThat(cancelled.getString("status")).isEqualTo("failed");
            assertThat(ProcessHandle.allProcesses()
                            .anyMatch(process ->
                                    process.info().commandLine().orElse("").contains(mark)))
                    .isFalse();
            assertThat(tasks.patches(id).getJsonObject(0).getString("file")).isEqualTo("half");
        }
    }

    @Test
    void aChatLineIsAFollowUp() {
        String id = tasks.create("echo one > one");
        tasks.await(id);
        try (Socket events = session.openEvents("")) {
            events.send("{\"type\":\"user_message\",\"content\":\"echo two > two\",\"timestamp\":\"x\"}");
            JsonObject event = events.next().json();
            while (!event.getString("type").equals("patch")) {
                event = events.next().json();
            }
            assertThat(event.getInt("count")).isEqualTo(2);
        }
        assertThat(tasks.get(id + "/messages").expect(200).json().getJsonArray("messages"))
                .hasSize(1);
    }

    @Test
    void commentsOnHunksGoBackToTheAgentAsOneMessage() {
        String id = tasks.create(THREE_HUNKS);
        tasks.await(id);
        JsonObject patches = tasks.get(id + "/patches").expect(200).json();
        String third = patches.getJsonArray("patches")
                .getJsonObject(0)
                .getJsonArray("hunks")
                .getJsonObject(2)
                .getString("id");
        for (String stale : List.of(
                "{\"file\":\"b\",\"text\":\"x\"}",
                "{\"file\":\"a\",\"hunk\":3,\"text\":\"x\"}",
                "{\"file\":\"a\",\"id\":\"0123\",\"text\":\"x\"}")) {
            comment(id, "", stale).expectProblem(409);
            comment(id, "", "{\"file\":\"a\",\"hunk\":0,\"text\":\"good\"}," + stale)
                    .expectProblem(409);
        }
        comment(id, "\"revision\":\"0000\",", "{\"file\":\"a\",\"text\":\"x\"}").expectProblem(409);
        comment(id, "", "{\"file\":\"a\",\"text\":\" \"}").expectProblem(422);
        comment(id, "", "{\"text\":\"x\"}").expectProblem(422);
        comment(id, "", "").expectProblem(422);
        assertThat(tasks.get(id + "/messages").expect(200).json().getJsonArray("messages"))
                .isEmpty();

        // the agent writes down what it is asked: the here-document ends with it
        comment(
                        id,
                        "\"content\":\"cat > asked << 'END'\",\"revision\":\"" + patches.getString("revision") + "\",",
                        "{\"file\":\"a\",\"hunk\":0,\"text\":\"Rather 3\"},{\"file\":\"a\",\"id\":\"" + third
                                + "\",\"text\":\"In words\"}")
                .expect(202);

        Eventually.holds(
                () -> "what it was asked",
                Duration.ofSeconds(40),
                () -> tasks.patches(id).size() == 2);
        String asked = tasks.patches(id).getJsonObject(1).getString("patch");
        assertThat(asked)
                .contains(
                        "+2 comments on your changes in a:\n",
                        "+-line 3\n++three\n",
                        "+Rather 3\n",
                        "++38\n",
                        "+In words")
                .doesNotContain("twenty");
        assertThat(tasks.get(id + "/messages").expect(200).json().getJsonArray("messages"))
                .hasSize(1);
    }

    private Answer comment(String id, String more, String comments) {
        return cockpit.post(
                session.token(), "/api/tasks/" + id + "/messages", "{" + more + "\"comments\":[" + comments + "]}");
    }

    @Test
    void whatIsInTheWayIsNamedAndStays() {
        String id = tasks.create("echo agent > a; echo all: > Makefile");
        tasks.await(id);
        JsonObject risky = tasks.apply(id, "x", "Makefile", 0).expectProblem(409);
        assertThat(risky.getString("code")).isEqualTo("CONFIRMATION_NEEDED");
        assertThat(risky.getJsonArray("files").getString(0)).isEqualTo("Makefile");

        repo.with("a", "not committed\n");
        JsonObject dirty = tasks.apply(id, "x", "a", 0).expectProblem(409);
        assertThat(dirty.getJsonArray("files").getString(0)).isEqualTo("a");
        assertThat(repo.path().resolve("a")).hasContent("not committed");

        repo.commit("meanwhile");
        JsonObject conflict = tasks.apply(id, "x", "a", 0).expectProblem(409);
        assertThat(conflict.getJsonArray("conflicts").getJsonObject(0).getString("file"))
                .isEqualTo("a");
        assertThat(repo.git("log", "-1", "--format=%s")).isEqualTo("meanwhile");
        tasks.apply(id, "x", "a", 7).expectProblem(409);
        tasks.apply(id, "x", "../a", 0).expectProblem(422);
        tasks.apply(id, "x", "a").expectProblem(422);
    }

    @Test
    void aTaskIsItsSessionsAlone() {
        String id = tasks.create("true");
        TasksApi others = new TasksApi(cockpit.session(repo.path()));
        for (String path : List.of(id, id + "/patches", id + "/messages")) {
            others.get(path).expectProblem(404);
        }
        for (String path : List.of("/apply", "/undo", "/cancel", "/messages")) {
            others.post("/" + id + path, JsonObject.EMPTY_JSON_OBJECT).expectProblem(404);
        }
        cockpit.get(cockpit.operator(), "/api/tasks").expectProblem(403);
        assertThat(others.get("").expect(200).json().getJsonArray("tasks")).isEmpty();
    }

    @Test
    void whatIsNoTaskIsRefused() {
        for (String body : List.of(
                "{}",
                "{\"instruction\":\"\"}",
                "{\"instruction\":\"x\",\"agent\":\"no-such-agent\"}",
                "{\"instruction\":\"x\",\"branch\":\"no/such/branch\"}",
                "{\"instruction\":\"x\",\"branch\":\"--upload-pack=x\"}")) {
            cockpit.post(session.token(), "/api/tasks", body).expectProblem(422);
        }
        for (String body : List.of("{\"instruction\":5}", "{\"x\":1}", "[]", "{")) {
            cockpit.post(session.token(), "/api/tasks", body).expectProblem(400);
        }
        cockpit.post(session.token(), "/api/tasks", "{\"instruction\":\"rm -rf /\",\"agent\":\"command\"}")
                .expectProblem(403);
        tasks.get("nope").expectProblem(404);
        tasks.get("?limit=0").expectProblem(422);
    }

    @Test
    void theSameKeyIsOneTaskAndTheListIsPaged() {
        JsonObject body = Json.createObjectBuilder().add("instruction", "true").build();
        String first = tasks.post("", body, "Idempotency-Key", "one")
                .expect(202)
                .json()
                .getString("id");
        assertThat(tasks.post("", body, "Idempotency-Key", "one")
                        .expect(202)
                        .json()
                        .getString("id"))
                .isEqualTo(first);
        String second = tasks.create("true");

        JsonObject page = tasks.get("?limit=1").expect(200).json();

        assertThat(page.getJsonArray("tasks").getJsonObject(0).getString("id")).isEqualTo(second);
        assertThat(tasks.get("?limit=1&before=" + page.getString("next"))
                        .expect(200)
                        .json()
                        .getJsonArray("tasks")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo(first);
    }

    @Test
    void agentsSayWhatConfinesThemAndWhatTheyLack() {
        List<JsonObject> agents = cockpit.get(session.token(), "/api/agents")
                .expect(200)
                .json()
                .getJsonArray("agents")
                .getValuesAs(JsonObject.class);

        assertThat(agents)
                .extracting(agent -> agent.getString("name"))
                .startsWith("scripted")
                .contains("claude", "codex", "gemini", "opencode", "qwen", "goose", "cline", "kilo")
                .endsWith("command");
        assertThat(agents)
                .allSatisfy(agent -> {
                    assertThat(agent.getString("sandbox")).isEqualTo("bubblewrap");
                    assertThat(agent.containsKey("reason")).isNotEqualTo(agent.getBoolean("available"));
                })
                .filteredOn(agent -> agent.getBoolean("available"))
                .extracting(agent -> agent.getString("name"))
                .contains("scripted", "command");
    }

    @Test
    void anotherNameOfTheMobileClientMeansThePreferredAgentAndTheEventsSaySo() {
        try (Socket events = session.openEvents("")) {
            String id = tasks.create("roo", "echo x > x");

            assertThat(tasks.read(id).getString("agent")).isEqualTo("scripted");
            assertThat(events.next().json().getString("content"))
                    .startsWith("Task for scripted, as roo is not installed here: ");
            assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        }
    }

    @Test
    void anAgentGetsNothingOfTheServersEnvironment() {
        String id = tasks.create("env > seen; cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' >> seen");
        tasks.await(id);

        // the server has it, as the tests have
        assertThat(System.getenv("SECRET_CANARY")).isNotBlank();
        assertThat(tasks.patches(id).toString())
                .contains("COCKPIT_TREE")
                .doesNotContain(System.getenv("SECRET_CANARY"), System.getenv("JWT_SECRET"));
    }

    @Test
    void aFollowUpWaitsVisiblyAndCanBeRemoved() throws IOException {
        String id = tasks.create("until [ -e ~/go ]; do sleep 0.02; done; echo one > one");
        Eventually.holds(() -> "it works", Duration.ofSeconds(20), () -> tasks.read(id)
                .getString("phase")
                .equals("running"));
        tasks.followUp(id, "echo two > two");
        tasks.followUp(id, "echo three > three");
        List<JsonObject> waiting = messages(id);
        assertThat(waiting)
                .extracting(message -> message.getString("content") + ", " + message.getString("status"))
                .containsExactly("echo two > two, queued", "echo three > three, queued");

        String removed = "/api/tasks/" + id + "/messages/" + waiting.get(0).getString("id");
        cockpit.delete(session.token(), removed).expect(200);
        cockpit.delete(session.token(), removed).expectProblem(404);
        Files.createFile(DIRECTORY.resolve("home/tasks/" + id + "/home/go"));

        tasks.await(id);
        assertThat(tasks.patches(id))
                .extracting(patch -> patch.asJsonObject().getString("file"))
                .containsExactly("one", "three");
        assertThat(messages(id))
                .extracting(message -> message.getString("status"))
                .containsExactly("sent");
    }

    private List<JsonObject> messages(String id) {
        return tasks.get(id + "/messages")
                .expect(200)
                .json()
                .getJsonArray("messages")
                .getValuesAs(JsonObject.class);
    }
}
