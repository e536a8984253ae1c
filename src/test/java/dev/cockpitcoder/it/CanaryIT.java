package dev.cockpitcoder.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.Answer;
import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.it.driver.Eventually;
import dev.cockpitcoder.it.driver.TasksApi;
import dev.cockpitcoder.workspace.HostileRepo;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** No program that a repository, or an agent in its copy, names to git is run by any endpoint. */
class CanaryIT extends Deployed {
    /** Wherever git takes a program; the agent's git directory is its own, and any of the server's would do. */
    private static final List<String> KEYS = List.of(
            "core.fsmonitor",
            "core.hooksPath",
            "core.pager",
            "core.editor",
            "core.sshCommand",
            "core.alternateRefsCommand",
            "diff.external",
            "diff.evil.command",
            "diff.evil.textconv",
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "merge.evil.driver",
            "gpg.program",
            "credential.helper",
            "alias.status",
            "alias.ls-files",
            "uploadpack.packObjectsHook");

    private final Path aside = REPO.path().getParent().resolveSibling("aside-" + UUID.randomUUID());

    @Test
    void nothingOfAHostileRepositoryRuns() throws Exception {
        HostileRepo hostile = new HostileRepo(fresh(), aside).settle();
        Path fired = aside.resolve("fired");
        for (Path canary : Files.newDirectoryStream(fired)) {
            Files.delete(canary);
        }
        CodingSession session = cockpit.session(hostile.path());
        TasksApi tasks = new TasksApi(session);
        looks(session);

        // a change of every kind of file, and one that must be merged
        String id =
                tasks.create("for f in plain a.*; do echo agent >> $f; done; echo new > new.clean; mv a.text b.text");
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        assertThat(hostile.fired()).isEmpty();
        List<String> files = tasks.patches(id).getValuesAs(JsonObject.class).stream()
                .map(patch -> patch.getString("file"))
                .toList();
        assertThat(files).hasSize(12).contains("plain", "a.merge", "a.wt", "b.text", "new.clean");
        for (String file : files) {
            tasks.apply(id, "one by one", file, 0).expect(200);
        }
        assertThat(hostile.fired()).isEmpty();
        looks(session);
        comment(tasks, id, "echo more | tee -a plain >> a.merge; :").expect(202);
        tasks.await(id);
        // both sides have it, and not the same: here git would ask the merge driver
        assertThat(tasks.apply(id, "again", "a.merge", 0).expectProblem(409)).containsKey("conflicts");
        tasks.post("/" + id + "/undo", JsonObject.EMPTY_JSON_OBJECT).expect(200);
        String cancelled = tasks.create("echo x >> plain; sleep 600");
        Eventually.holds(() -> "it runs", Duration.ofSeconds(40), () -> tasks.read(cancelled)
                .getString("phase")
                .equals("running"));
        tasks.post("/" + cancelled + "/cancel", JsonObject.EMPTY_JSON_OBJECT).expect(200);
        tasks.patches(cancelled);
        for (String each : List.of(id, cancelled)) {
            cockpit.delete(session.token(), "/api/tasks/" + each).expect(200);
        }
        session.end().expect(200);

        assertThat(hostile.fired()).isEmpty();
        hostile.provoke();
        assertThat(hostile.fired())
                .contains("fsmonitor", "clean", "merge", "post-index-change", "reference-transaction");
    }

    @Test
    void nothingAnAgentPlantsInItsCopyRuns() throws IOException {
        Path fired = Files.createDirectories(aside).resolve("fired");
        Path canary = Files.writeString(aside.resolve("canary"), "#!/bin/sh\ntouch '" + fired + "'\ncat\n");
        assertThat(canary.toFile().setExecutable(true)).isTrue();
        Repo repo = Repo.create(fresh()).with("a", "a\n").with("b", "b\n").commit("first");
        TasksApi tasks = new TasksApi(cockpit.session(repo.path()));
        StringBuilder plant = new StringBuilder("set -e; cp .git/config kept; ");
        KEYS.forEach(key -> plant.append("git config --file .git/config ")
                .append(key)
                .append(" '")
                .append(canary)
                .append("'; "));
        plant.append(
                "mkdir -p .git/hooks .git/info; for h in post-index-change reference-transaction pre-commit post-checkout; do "
                        + "printf '#!/bin/sh\\ntouch %s' '" + fired
                        + "' > .git/hooks/$h; chmod +x .git/hooks/$h; done; "
                        + "echo '* filter=evil diff=evil merge=evil' | tee .gitattributes > .git/info/attributes; "
                        + "rm kept; echo agent >> a; mkdir sub; cp -r .git sub/.git; echo x > sub/x; ");

        String id = tasks.create(plant + "true");
        assertThat(tasks.await(id).getString("phase")).isEqualTo("ready");
        comment(tasks, id, "rm -rf .git; echo 'gitdir: " + aside + "' > .git; echo b >> b; :")
                .expect(202);
        Eventually.holds(
                () -> "the second run",
                Duration.ofSeconds(40),
                () -> tasks.read(id).getString("phase").equals("ready")
                        && tasks.patches(id).size() == 3);

        repo.with("meanwhile", "x\n").commit("meanwhile");
        for (String file : List.of("a", "b")) {
            tasks.apply(id, "x", file, 0).expect(200);
        }
        JsonObject attributes = tasks.apply(id, "x", ".gitattributes", 0).expectProblem(409);
        assertThat(attributes.getString("code")).isEqualTo("CONFIRMATION_NEEDED");
        tasks.post("/" + id + "/undo", JsonObject.EMPTY_JSON_OBJECT).expect(200);
        cockpit.delete(tasks.session().token(), "/api/tasks/" + id).expect(200);

        assertThat(fired).doesNotExist();
        assertThat(repo.git("log", "--format=%s")).isEqualTo("x\nmeanwhile\nfirst");
    }

    private void looks(CodingSession session) {
        cockpit.get(cockpit.operator(), "/api/repos").expect(200);
        cockpit.get(session.token(), "/api/session/" + session.id()).expect(200);
        for (String path : List.of(
                "/api/git/diff",
                "/api/git/diff?staged=true",
                "/api/git/diff?staged=false",
                "/api/git/status",
                "/api/tasks")) {
            cockpit.get(session.token(), path).expect(200);
        }
    }

    private Answer comment(TasksApi tasks, String id, String script) {
        String file = tasks.patches(id).getJsonObject(0).getString("file");
        return cockpit.post(
                tasks.session().token(),
                "/api/tasks/" + id + "/messages",
                "{\"content\":\"" + script + " <<'END'\",\"comments\":[{\"file\":\"" + file + "\",\"text\":\"x\"}]}");
    }

    private static Path fresh() {
        return REPO.path().resolveSibling("canary-" + UUID.randomUUID());
    }
}
