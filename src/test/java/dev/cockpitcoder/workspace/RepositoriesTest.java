package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RepositoriesTest {
    @TempDir
    Path temp;

    private Path root;
    private Repositories repositories;

    @BeforeEach
    void open() throws IOException {
        root = temp.toRealPath();
        WorkspaceConfig config = new WorkspaceConfig(List.of(root), Git.onPath());
        repositories = new Repositories(config, new RepoPolicy(config));
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

    /** Everything a repository can configure that git would run while it looks at the tree. */
    @Test
    void nothingThatARepositoryConfiguresIsExecuted() throws IOException {
        Repo repo = Repo.create(root.resolve("hostile")).with("a.txt", "a\n").commit("first");
        Path marker = root.resolve("marker");
        Path canary = Files.writeString(root.resolve("canary"), "#!/bin/sh\necho ran >> '" + marker + "'\ncat\n");
        Files.setPosixFilePermissions(canary, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String key : List.of(
                "core.fsmonitor",
                "core.pager",
                "diff.external",
                "core.editor",
                "core.sshCommand",
                "filter.f.clean",
                "filter.f.smudge",
                "filter.f.process",
                "diff.d.textconv",
                "diff.d.command",
                "alias.status",
                "alias.diff-files",
                "alias.rev-parse")) {
            repo.git("config", key, key.startsWith("alias.") ? "!" + canary : canary.toString());
        }
        repo.git("config", "filter.f.required", "true");
        for (String hook : List.of("post-index-change", "reference-transaction", "pre-commit", "fsmonitor-watchman")) {
            Files.copy(canary, repo.path().resolve(".git/hooks/" + hook));
        }
        repo.with(".gitattributes", "* filter=f diff=d\n").with("a.txt", "b\n");
        Files.setLastModifiedTime(
                repo.path().resolve("a.txt"), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(repositories.facts(repo.path()).dirty()).isTrue();
        assertThat(repositories.list()).hasSize(1);
        assertThat(marker).doesNotExist();
    }
}
