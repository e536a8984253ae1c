package dev.cockpitcoder.it;

import java.nio.file.Path;
import java.util.UUID;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.it.driver.CodingSession;
import dev.cockpitcoder.workspace.HostileRepo;
import dev.cockpitcoder.workspace.Repo;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not committed, as the mobile client asks for it. */
class GitIT extends Deployed {
    @Test
    void theDiffOfTheSessionsRepositoryIsServed() {
        Repo repo = Repo.create(fresh()).with("a.txt", "old\n").commit("first");
        repo.with("a.txt", "new\n").git("add", "a.txt");
        repo.with("b c.txt", "b\n");
        CodingSession session = cockpit.session(repo.path());

        JsonObject diff =
                cockpit.get(session.token(), "/api/git/diff").expect(200).json();

        assertThat(diff.getInt("files")).isEqualTo(2);
        assertThat(diff.getBoolean("truncated")).isFalse();
        JsonObject patch = diff.getJsonArray("patches").getJsonObject(0);
        assertThat(patch.getString("file")).isEqualTo("a.txt");
        assertThat(patch.getString("type")).isEqualTo("modified");
        assertThat(patch.getString("patch"))
                .startsWith("diff --git a/a.txt b/a.txt\n")
                .endsWith("@@ -1 +1 @@\n-old\n+new\n");
        assertThat(patch.getString("content")).isEqualTo(patch.getString("patch"));
        assertThat(patch.getJsonArray("hunks").toString())
                .isEqualTo("[{\"lenNew\":1,\"lenOld\":1,\"lines\":[\"-old\",\"+new\"],\"startNew\":1,\"startOld\":1}]");
        assertThat(diff.getJsonArray("patches").getJsonObject(1).getString("file"))
                .isEqualTo("b c.txt");
        assertThat(patches(session, "?staged=true")).isEqualTo(1);
        assertThat(patches(session, "?staged=false")).isEqualTo(1);
    }

    @Test
    void theStatusOfTheSessionsRepositoryIsServed() {
        Repo repo = Repo.create(fresh()).with("a.txt", "old\n").commit("first").with("a.txt", "new\n");
        CodingSession session = cockpit.session(repo.path());

        JsonObject status =
                cockpit.get(session.token(), "/api/git/status").expect(200).json();

        assertThat(status.getString("branch")).isEqualTo("main");
        assertThat(status.getString("head")).isEqualTo(repo.git("rev-parse", "HEAD"));
        assertThat(status.getInt("changed")).isEqualTo(1);
        assertThat(status.getJsonArray("files").toString())
                .isEqualTo("[{\"file\":\"a.txt\",\"unstaged\":\"modified\",\"untracked\":false}]");
        assertThat(status).doesNotContainKeys("upstream", "operation");
    }

    @Test
    void onlyASessionMayAskAndOnlyAskWell() {
        CodingSession session = cockpit.session(REPO.path());

        cockpit.get(cockpit.operator(), "/api/git/diff").expectProblem(403);
        cockpit.get(cockpit.operator(), "/api/git/status").expectProblem(403);
        cockpit.get(session.token(), "/api/git/diff?staged=maybe").expectProblem(422);
        cockpit.post(session.token(), "/api/git/diff", "{}").expectProblem(405);
        session.end();
        cockpit.get(session.token(), "/api/git/diff").expectProblem(401);
    }

    @Test
    void aRepositoryThatGitCannotReadIsAProblem() {
        Repo repo = Repo.create(fresh()).commit("first").with(".git/index", "broken");

        cockpit.get(cockpit.session(repo.path()).token(), "/api/git/diff").expectProblem(503);
    }

    /** That the canaries are alive is shown by WorkingTreesHostileTest. */
    @Test
    void nothingThatARepositoryConfiguresIsRun() {
        Path aside = REPO.path().getParent().resolveSibling("aside-" + UUID.randomUUID());
        HostileRepo repo = new HostileRepo(fresh(), aside);
        cockpit.get(cockpit.operator(), "/api/repos").expect(200);

        CodingSession session = cockpit.session(repo.path());
        cockpit.get(session.token(), "/api/session/" + session.id()).expect(200);
        for (String query : new String[] {"", "?staged=true", "?staged=false"}) {
            patches(session, query);
        }
        assertThat(patches(session, "")).isEqualTo(12);
        cockpit.get(session.token(), "/api/git/status").expect(200);
        session.openEvents("").close();
        session.end().expect(200);

        assertThat(repo.fired()).isEmpty();
    }

    private int patches(CodingSession session, String query) {
        return cockpit.get(session.token(), "/api/git/diff" + query)
                .expect(200)
                .json()
                .getJsonArray("patches")
                .size();
    }

    private static Path fresh() {
        return REPO.path().resolveSibling("git-" + UUID.randomUUID());
    }
}
