package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** Applies that cannot be meant or cannot be made: a clear problem each, and the user's bytes as they were. */
class ApplyRefusedIT extends Deployed {
    private Repo repo;
    private TasksApi tasks;

    @BeforeEach
    void make() {
        repo = Repo.create(REPO.path().resolveSibling("refused-" + UUID.randomUUID()))
                .with("a", "a\n")
                .commit("first")
                .with("untracked", "the user's\n");
        tasks = new TasksApi(cockpit.session(repo.path()));
    }

    @Test
    void everyRefusalIsAProblemAndChangesNothing() throws IOException {
        String id = ready(
                "echo agent >> a; ln -s /etc/passwd link; mkdir git~1; echo x > git~1/config; mkdir .GIT; echo x > .GIT/config");
        Map<String, String> before = everyByte();

        for (String name : List.of("../x", "/abs", ".git/hooks/x", ".GIT/config", "git~1/config", "link", ".git. /x")) {
            assertThat(apply(id, name, "x").expectProblem(422).getString("detail"))
                    .as(name)
                    .isNotBlank();
        }
        for (String message :
                List.of("bell \u0007", "escape \u001b[2J", "null \u0000", "c1 \u009b31m", "x".repeat(8001))) {
            assertThat(apply(id, "a", message).expectProblem(422).getString("detail"))
                    .contains("commitMessage");
        }
        apply(id, "no/such/file", "x").expectProblem(409);
        tasks.apply(id, "x", "a", 1).expectProblem(409);
        tasks.apply(id, "x", "a", -1).expectProblem(409);
        post(id, "{\"select\":[{\"file\":\"a\",\"ids\":[\"00\"]}]}").expectProblem(409);
        post(id, "{\"revision\":\"00\",\"select\":[{\"file\":\"a\"}]}").expectProblem(409);
        post(id, "{\"select\":[]}").expectProblem(422);
        post(id, "{\"select\":{}}").expectProblem(400);
        post(id, "{\"select\":[{\"file\":\"a\",\"hunks\":[\"0\"]}]}").expectProblem(400);
        for (int megabytes : new int[] {2, 11}) {
            apply(id, "a", "x".repeat(megabytes << 20)).expectProblem(413);
        }
        assertThat(everyByte()).isEqualTo(before);

        Files.writeString(repo.path().resolve(".git/index.lock"), "");
        assertThat(apply(id, "a", "x").expectProblem(409).getString("detail")).contains("index.lock");
        Files.delete(repo.path().resolve(".git/index.lock"));
        assertThat(everyByte()).isEqualTo(before);
        apply(id, "a", "now").expect(200);
        assertThat(repo.git("log", "--format=%s")).isEqualTo("now\nfirst");
        assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
    }

    @Test
    void theSameKeyTwentyTimesAtOnceIsOneCommit() throws Exception {
        String id = ready("echo agent >> a");
        JsonObject body = Json.createObjectBuilder()
                .add(
                        "select",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("file", "a")))
                .add("commitMessage", "once")
                .build();
        ExecutorService clients = Executors.newFixedThreadPool(20);
        try {
            Callable<String> apply = () -> tasks.post("/" + id + "/apply", body, "Idempotency-Key", "one")
                    .expect(200)
                    .json()
                    .getString("commit");
            List<Future<String>> answers = clients.invokeAll(
                    IntStream.range(0, 20).mapToObj(i -> apply).toList());
            Set<String> commits = new HashSet<>();
            for (Future<String> answer : answers) {
                commits.add(answer.get());
            }
            assertThat(commits).containsExactly(repo.git("rev-parse", "main"));
        } finally {
            clients.shutdownNow();
        }
        assertThat(repo.git("log", "--format=%s")).isEqualTo("once\nfirst");
    }

    @Test
    void changesOfMoreThanTenMebibytesAreServedWithoutHunks() throws IOException {
        String id = ready(
                "yes 'a line of text' | head -c 9000000 > big; for i in 1 2 3; do yes $i | head -c 5000000 > many$i; done; echo b >> a");

        List<JsonObject> patches = tasks.patches(id).getValuesAs(JsonObject.class);

        assertThat(patches.stream()
                        .collect(Collectors.toMap(patch -> patch.getString("file"), patch -> patch.getJsonArray("hunks")
                                .size())))
                .isEqualTo(Map.of("a", 1, "big", 0, "many1", 0, "many2", 0, "many3", 0));
        apply(id, "many2", "a large one").expect(200);
        assertThat(repo.path().resolve("many2")).hasSize(5_000_000);
    }

    private String ready(String script) {
        String id = tasks.create(script);
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        return id;
    }

    private Answer apply(String id, String file, String message) {
        return post(
                id,
                Json.createObjectBuilder()
                        .add(
                                "select",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder().add("file", file)))
                        .add("commitMessage", message)
                        .build()
                        .toString());
    }

    private Answer post(String id, String body) {
        return cockpit.post(tasks.session().token(), "/api/tasks/" + id + "/apply", body);
    }

    private Map<String, String> everyByte() throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (var files = Files.walk(repo.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.put(
                        file.toString(),
                        Files.getLastModifiedTime(file) + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }
}
