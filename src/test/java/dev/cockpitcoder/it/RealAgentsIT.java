package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.InstalledAgents;
import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.it.driver.ScriptedModel;
import dev.cockpitcoder.it.driver.Socket;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** Codex, Gemini CLI and Claude Code themselves, confined, with a scripted model and no network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealAgentsIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String LINES = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";
    private static final String HALF = ScriptedModel.prompt(Json.createArrayBuilder()
            .add(Json.createObjectBuilder().add("shell", "echo half >> a"))
            .add(Json.createObjectBuilder().add("wait", true)));
    private static final String TWO_HUNKS = "sed -i -e s/^2$/two/ -e s/^19$/nineteen/ a; echo new > n";

    private Path directory;
    private ScriptedModel model;
    private RunningServer server;
    private Repo repo;
    private CodingSession session;
    private TasksApi tasks;

    @BeforeAll
    void serve(@TempDir Path shared) throws IOException {
        directory = shared;
        Files.createDirectory(shared.resolve("repos"));
        model = ScriptedModel.start();
        server = script("data").serve();
    }

    private RunScript script(String home) {
        RunScript script = new RunScript(directory)
                .with("COCKPIT_HOME", directory.resolve(home))
                .with("REPO_ALLOWLIST", directory.resolve("repos"));
        return InstalledAgents.with(script, directory, model);
    }

    @AfterAll
    void stop() {
        server.close();
        model.close();
    }

    @BeforeEach
    void aSession() {
        repo = Repo.create(directory.resolve("repos/" + UUID.randomUUID()))
                .with("a", LINES)
                .commit("first");
        session = server.cockpit().session(repo.path());
        tasks = new TasksApi(session);
    }

    @Test
    void codexChangesWhatTheUserThenPicks() {
        try (Socket events = session.openEvents("")) {
            String id = tasks.create("codex", ScriptedModel.running(TWO_HUNKS));

            pickAndApply(id);

            List<JsonObject> told = untilPhase(events, "applied");
            assertThat(told)
                    .filteredOn(event -> event.getString("type").equals("tool"))
                    .extracting(event -> event.getString("status"))
                    .containsExactly("in_progress", "completed");
            assertThat(told)
                    .filteredOn(event -> event.getString("type").equals("exit"))
                    .hasSize(1);
            assertThat(told)
                    .filteredOn(event -> event.getString("type").equals("output"))
                    .extracting(event -> event.getString("content"))
                    .anyMatch(content -> content.contains("all done"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini", "claude"})
    void oneThatAsksDoesWhatItMay(String agent) {
        try (Socket events = session.openEvents("")) {
            String id = tasks.create(agent, ScriptedModel.running(TWO_HUNKS, "touch second", "touch third"));

            String first = awaitQuestion(events, "sed -i");
            // who comes later, and does not say what it has seen, is asked too
            try (Socket late = session.openEvents("")) {
                assertThat(awaitQuestion(late, "sed -i")).isEqualTo(first);
            }
            assertThat(tasks.read(id).getString("phase")).isEqualTo("waiting_approval");
            assertThat(tasks.answer(id, first, true).expect(200).json().getString("status"))
                    .isEqualTo("allowed");
            tasks.answer(id, first, true).expectProblem(409);
            confirm(events, awaitQuestion(events, "touch second"), true);
            confirm(events, first, false);
            events.until("This question is answered already.");
            confirm(events, awaitQuestion(events, "touch third"), false);
            tasks.await(id);

            assertThat(tasks.approvals(id))
                    .extracting(approval -> approval.getString("status"))
                    .containsExactly("allowed", "allowed", "denied");
            assertThat(tasks.patches(id))
                    .extracting(patch -> patch.asJsonObject().getString("file"))
                    .containsExactly("a", "n", "second");
            pickAndApply(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude"})
    void aCancelledOneIsGoneAndItsCopyStaysAsItIs(String agent) throws Exception {
        String mark = "86401" + System.nanoTime();
        String id = tasks.create(
                agent,
                ScriptedModel.running(
                        "(setsid sh -c 'trap \"\" TERM HUP; while :; do date +%N >> tick; sleep 0.02; done; : " + mark
                                + "' &) ; sleep " + mark));
        if (agent.equals("claude")) {
            Eventually.holds(
                    () -> "a question", SOON, () -> !tasks.approvals(id).isEmpty());
            allowFirst(tasks, id);
        }
        Eventually.holds(() -> "the agent works: " + tasks.read(id), SOON, () -> processes(mark) > 0);
        Path copy = server.home().resolve("tasks/" + id + "/copy");
        Eventually.holds(() -> "it changes its copy", SOON, () -> Files.exists(copy.resolve("tick")));
        long begin = System.nanoTime();

        JsonObject cancelled = tasks.cancel(id).expect(200).json();

        assertThat(processes(mark)).isZero();
        assertThat(processes("tasks/" + id)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(cancelled.getString("phase")).isEqualTo("cancelled");
        String last = Files.readString(copy.resolve("tick"));
        assertThat(tasks.patches(id).getJsonObject(0).getString("content"))
                .endsWith("+" + last.strip().replace("\n", "\n+") + "\n");
        assertThat(tasks.cancel(id).expect(200).json().getString("phase")).isEqualTo("cancelled");
        assertThat(copy.resolve("tick")).hasContent(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "claude"})
    void aFollowUpGoesOnInTheAgentsOwnSession(String agent) {
        String id = tasks.create(agent, prompt("say", Json.createValue("as you like")));
        tasks.await(id);

        followUp(tasks, id);
    }

    @Test
    void aFollowUpGoesOnInGeminisSessionOfAnotherMinute() throws IOException {
        String id = tasks.create("gemini", prompt("say", Json.createValue("as you like")));
        tasks.await(id);
        // one that is loaded within the minute it began in is lost, with Gemini CLI 0.61
        for (Path saved : savedByGemini(id)) {
            String name = saved.getFileName().toString();
            Files.move(saved, saved.resolveSibling(name.replaceFirst("^session-.{16}", "session-2026-01-01T00-00")));
        }

        followUp(tasks, id);
    }

    @Test
    void whereTheAgentCannotLoadItsSessionAFollowUpGoesOnInTheSameCopy() throws IOException {
        String id = tasks.create("gemini", prompt("say", Json.createValue("as you like")));
        tasks.await(id);
        for (Path saved : savedByGemini(id)) {
            Files.delete(saved);
        }
        try (Socket events = session.openEvents("")) {
            tasks.followUp(id, ScriptedModel.running("echo more > more"));

            events.until("[a new session");
            tasks.answer(id, awaitQuestion(events, "echo more"), true).expect(200);
        }
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        assertThat(tasks.patches(id).getJsonObject(0).getString("file")).isEqualTo("more");
    }

    private List<Path> savedByGemini(String id) throws IOException {
        Path home = server.home().resolve("tasks/" + id + "/home/.gemini/tmp");
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> saved = files.filter(
                            file -> file.getFileName().toString().startsWith("session-"))
                    .toList();
            assertThat(saved).isNotEmpty();
            return saved;
        }
    }

    @Test
    void afterTheServerWasKilledTheWorkIsKeptAndAFollowUpGoesOn() {
        RunScript script = script("killed");
        CodingSession other;
        String codex;
        String claude;
        try (RunningServer killed = script.serve()) {
            other = killed.cockpit().session(repo.path());
            TasksApi before = new TasksApi(other);
            codex = before.create("codex", HALF);
            claude = before.create("claude", HALF);
            Eventually.holds(
                    () -> "a question", SOON, () -> !before.approvals(claude).isEmpty());
            allowFirst(before, claude);
            for (String id : List.of(codex, claude)) {
                Path changed = script.home().resolve("tasks/" + id + "/copy/a");
                Eventually.holds(
                        () -> "the agent works", SOON, () -> read(changed).endsWith("half\n"));
            }

            killed.kill();

            Eventually.holds(
                    () -> "they end with the server",
                    Duration.ofSeconds(10),
                    () -> processes("tasks/" + codex) + processes("tasks/" + claude) == 0);
        }
        try (RunningServer again = script.serve()) {
            TasksApi after = new TasksApi(other);
            for (String id : List.of(codex, claude)) {
                assertThat(after.read(id).getString("phase")).isEqualTo("interrupted");
                Eventually.holds(
                        () -> "its patches", SOON, () -> after.patches(id).size() == 1);
                followUp(after, id);
            }
            after.apply(codex, "Half of it", "a", 0).expect(200);
            assertThat(repo.git("log", "-1", "--format=%s")).isEqualTo("Half of it");
            again.interrupt();
        }
    }

    /** The model is asked twice in one conversation. */
    private static void followUp(TasksApi tasks, String id) {
        try (Socket events = tasks.session().openEvents("")) {
            tasks.followUp(id, prompt("prompts", JsonValue.TRUE));
            assertThat(events.until("prompts: ")).contains("prompts: 2");
        }
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
    }

    private static String prompt(String step, JsonValue value) {
        return ScriptedModel.prompt(
                Json.createArrayBuilder().add(Json.createObjectBuilder().add(step, value)));
    }

    private static void allowFirst(TasksApi tasks, String id) {
        tasks.answer(id, tasks.approvals(id).get(0).getString("id"), true).expect(200);
    }

    private void pickAndApply(String id) {
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        JsonObject patch = tasks.patches(id).getJsonObject(0);
        assertThat(patch.getJsonArray("hunks")).hasSize(2);
        assertThat(repo.git("status", "--porcelain")).isEmpty();

        JsonObject applied =
                tasks.apply(id, "Picked on a phone", "a", 1).expect(200).json();

        assertThat(repo.git("log", "--format=%H %s"))
                .startsWith(applied.getString("commit") + " Picked on a phone\n")
                .endsWith(" first");
        assertThat(repo.path().resolve("a")).hasContent(LINES.replace("19\n", "nineteen\n"));
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    private static List<JsonObject> untilPhase(Socket events, String phase) {
        List<JsonObject> told = new ArrayList<>();
        do {
            told.add(events.next(SOON).orElseThrow().json());
        } while (!told.get(told.size() - 1).getString("phase", "").equals(phase));
        return told;
    }

    /** As the mobile client sees it. */
    private static String awaitQuestion(Socket events, String content) {
        JsonObject event = events.next(SOON).orElseThrow().json();
        while (!event.getString("type").equals("confirmation")) {
            event = events.next(SOON).orElseThrow().json();
        }
        assertThat(event.getString("content")).contains(content);
        return event.getString("id");
    }

    private static void confirm(Socket events, String id, boolean confirmed) {
        events.send("{\"type\":\"confirmation\",\"messageId\":\"" + id + "\",\"confirmed\":" + confirmed + "}");
    }

    private static long processes(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(argument))
                .count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
