package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing that a repository configures is run, and git is not led out of it. */
class WorkingTreesHostileTest {
    @TempDir
    Path temp;

    private Path root;
    private WorkingTrees trees;
    private Repositories repositories;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("srv"));
        WorkspaceConfig config = new WorkspaceConfig(List.of(root), Git.onPath());
        trees = new WorkingTrees(config, new DataDirectory(temp.resolve("home")));
        repositories = new Repositories(config, new RepoPolicy(config), trees);
    }

    /** Otherwise the next test could not fail. */
    @Test
    void plainGitRunsTheCanaries() throws IOException, InterruptedException {
        HostileRepo repo = new HostileRepo(root.resolve("twin"), temp.resolve("aside"));

        repo.provoke();

        assertThat(repo.fired()).containsAll(HostileRepo.LIVE);
    }

    @Test
    void nothingThatARepositoryConfiguresIsRun() {
        HostileRepo repo = new HostileRepo(root.resolve("hostile"), temp.resolve("aside"));
        assertThat(repo.fired()).isEmpty();

        StatusView status = trees.status(repo.path());
        List<DiffView> diffs = Arrays.stream(DiffScope.values())
                .map(scope -> trees.diff(repo.path(), scope))
                .toList();
        RepoView facts = repositories.facts(repo.path());
        repositories.list();

        assertThat(repo.fired()).isEmpty();
        assertThat(facts.dirty()).isTrue();
        assertThat(status.files())
                .extracting(ChangeView::file)
                .containsExactlyInAnyOrder(
                        "plain",
                        "a.cmd",
                        "a.text",
                        "a.clean",
                        "a.process",
                        "a.included",
                        "a.includeif",
                        "a.wt",
                        "a.smudge",
                        "new.clean",
                        "new.process",
                        "new.cmd");
        assertThat(diffs.get(0).patches()).hasSize(12);
        assertThat(diffs.get(1).patches()).isEmpty();
        assertThat(diffs.get(2).patches()).hasSize(12);
    }

    @Test
    void gitIsNotLedElsewhere() throws IOException {
        Repo repo = Repo.create(root.resolve("app")).with("a.txt", "a\n").commit("first");
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("secret"), "secret\n");
        repo.git("config", "core.worktree", elsewhere.toString());
        Files.createSymbolicLink(repo.path().resolve("link"), elsewhere);
        Files.createSymbolicLink(repo.path().resolve("file"), elsewhere.resolve("secret"));
        assertThat(repo.git("status", "--porcelain")).contains("secret");

        DiffView diff = trees.diff(repo.path(), DiffScope.ALL);

        assertThat(diff.patches()).extracting(PatchView::file).containsExactly("file", "link");
        assertThat(diff.patches()).extracting(PatchView::newMode).containsOnly("120000");
        assertThat(diff.patches().get(1).hunks().get(0).lines().get(0)).isEqualTo("+" + elsewhere);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfTheRepositoryIsWritten(boolean locked) throws IOException {
        Repo repo = Repo.create(root.resolve("app"))
                .with("a.txt", "a\n")
                .with("touched", "t\n")
                .commit("first")
                .with("a.txt", "b\n")
                .with("new", "n\n");
        Files.setLastModifiedTime(
                repo.path().resolve("touched"), FileTime.from(Instant.now().plusSeconds(60)));
        Path git = repo.path().resolve(".git");
        if (locked) {
            Files.createFile(git.resolve("index.lock"));
        }
        List<String> before = contents(git);

        for (DiffScope scope : DiffScope.values()) {
            assertThat(trees.diff(repo.path(), scope).patches()).hasSize(scope == DiffScope.STAGED ? 0 : 2);
        }
        assertThat(trees.status(repo.path()).changed()).isEqualTo(2);
        assertThat(repositories.facts(repo.path()).dirty()).isTrue();

        assertThat(contents(git)).isEqualTo(before);
        try (var left = Files.list(temp.resolve("home/git"))) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> contents(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.sorted()
                    .map(file -> {
                        try {
                            return file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }
}
