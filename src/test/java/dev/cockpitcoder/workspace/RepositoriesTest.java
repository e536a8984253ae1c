package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class RepositoriesTest {
    @TempDir
    Path temp;

    private Path root;
    private Repositories repositories;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("srv"));
        WorkspaceConfig config = new WorkspaceConfig(List.of(root), Git.onPath());
        repositories = new Repositories(
                config, new RepoPolicy(config), new WorkingTrees(config, new DataDirectory(temp.resolve("home"))));
    }

    @Test
    void factsSayHowARepositoryStands() {
        Repo repo = Repo.create(root.resolve("app")).with("a.txt", "a\n").commit("first");

        RepoView clean = repositories.facts(repo.path());
        repo.with("new.txt", "untracked\n");
        RepoView dirty = repositories.facts(repo.path());

        assertThat(clean.name()).isEqualTo("app");
        assertThat(clean.branch()).isEqualTo("main");
        assertThat(clean.head()).isEqualTo(repo.git("rev-parse", "HEAD"));
        assertThat(clean.dirty()).isFalse();
        assertThat(dirty.dirty()).isTrue();
    }

    @Test
    void anEmptyRepositoryAndADetachedHeadHaveFactsToo() {
        Repo empty = Repo.create(root.resolve("empty"));
        Repo detached = Repo.create(root.resolve("detached")).commit("first");
        detached.git("checkout", "--quiet", "--detach");

        assertThat(repositories.facts(empty.path()))
                .extracting(RepoView::branch, RepoView::head)
                .containsExactly("main", null);
        assertThat(repositories.facts(detached.path()).branch()).isNull();
    }

    @Test
    void repositoriesBelowTheListedDirectoryAreListed() {
        Repo.create(root.resolve("one"));
        Repo.create(root.resolve("team/two"));
        Repo.create(root.resolve("one/vendored"));
        Repo.create(root.resolve("node_modules/not"));

        assertThat(repositories.list()).extracting(RepoView::name).containsExactly("one", "two");
    }
}
