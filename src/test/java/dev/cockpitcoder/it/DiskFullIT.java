package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.it.driver.RunScript;
import dev.cockpitcoder.it.driver.RunningServer;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.SmallDisk;

import static org.assertj.core.api.Assertions.assertThat;

/** A server whose disk, or whose repository's disk, is full: it says so, keeps everything, and goes on when there is room. */
class DiskFullIT {
    private static final int MEGABYTE = 1 << 20;

    private static final JsonObject LARGE = Json.createObjectBuilder()
            .add(
                    "select",
                    Json.createArrayBuilder().add(Json.createObjectBuilder().add("file", "large")))
            .add("commitMessage", "All")
            .build();

    @TempDir
    private Path directory;

    private SmallDisk disk;
    private Path agents;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(directory.toRealPath().resolve("disk"), 64);
        agents = Files.writeString(
                directory.resolve("agents.json"),
                "{\"profiles\":[{\"name\":\"scripted\",\"adapter\":\"command\",\"argv\":[\"sh\",\"-c\",\"{instruction}\"]}]}");
    }

    @AfterEach
    void unmount() {
        // null where it could not be mounted, and the test is skipped
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aTaskForWhoseCopyThereIsNoRoomFailsSayingSoAndAFollowUpDoesItWhenThereIs() throws IOException {
        Repo repo = Repo.create(directory.toRealPath().resolve("app"));
        random(repo.path().resolve("large"), 8 * MEGABYTE);
        repo.with("a", "a\n").commit("first");
        RunScript script = script(repo).with("COCKPIT_HOME", disk.path().resolve("data"));
        try (RunningServer server = script.serve()) {
            TasksApi tasks = new TasksApi(server.cockpit().session(repo.path()));
            disk.fill(4 * MEGABYTE);

            JsonObject failed = tasks.await(tasks.create("echo b >> a"));

            assertThat(failed.getString("phase")).isEqualTo("failed");
            assertThat(failed.getString("reason")).contains("disk is full");
            String id = failed.getString("id");
            assertThat(tasks.patches(id)).isEmpty();
            disk.free();
            tasks.followUp(id, "echo b >> a");
            assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
            tasks.apply(id, "With room", "a", 0).expect(200);
            assertThat(repo.path().resolve("a")).hasContent("a\nb");
            server.interrupt();
        }
    }

    @Test
    void anApplyForWhichTheRepositoryHasNoRoomIsRefusedAndChangesNothingAndIsDoneWhenThereIs() throws IOException {
        Repo repo = Repo.create(disk.path().resolve("app")).with("a", "a\n").commit("first");
        repo.with("untracked", "the user's\n");
        try (RunningServer server = script(repo).serve()) {
            TasksApi tasks = new TasksApi(server.cockpit().session(repo.path()));
            String id = tasks.create("echo b >> a; head -c 8000000 /dev/urandom > large");
            assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
            String head = repo.git("rev-parse", "HEAD");
            disk.fill(4 * MEGABYTE);

            JsonObject problem = tasks.post("/" + id + "/apply", LARGE).expectProblem(503);

            assertThat(problem.getString("code")).isEqualTo("UNAVAILABLE");
            assertThat(problem.getString("detail")).contains("disk");
            assertThat(repo.git("rev-parse", "HEAD")).isEqualTo(head);
            assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
            assertThat(tasks.read(id).getString("phase")).isEqualTo("ready");
            disk.free();
            tasks.post("/" + id + "/apply", LARGE).expect(200);
            assertThat(repo.git("log", "-1", "--format=%s")).isEqualTo("All");
            assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
            repo.git("fsck", "--strict", "--no-dangling");
            server.interrupt();
        }
    }

    private RunScript script(Repo repo) {
        return new RunScript(directory).with("REPO_ALLOWLIST", repo.path()).with("AGENTS_FILE", agents);
    }

    private static void random(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        Files.write(file, content);
    }
}
