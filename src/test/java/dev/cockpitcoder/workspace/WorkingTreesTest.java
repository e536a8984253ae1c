package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class WorkingTreesTest {
    @TempDir
    Path temp;

    private WorkingTrees trees;
    private Repo repo;

    @BeforeEach
    void open() {
        trees = new WorkingTrees(
                new WorkspaceConfig(List.of(temp), Git.onPath()), new DataDirectory(temp.resolve("home")));
        repo = Repo.create(temp.resolve("app"));
    }

    @Test
    void theDiffIsOfTheWorkingTreeAgainstHead() {
        repo.with("staged", "1\n")
                .with("both", "1\n")
                .with("gone", "1\n")
                .with(".gitignore", "*.log\n")
                .commit("first");
        repo.with("staged", "2\n").with("both", "2\n").git("add", "--all");
        repo.with("both", "3\n").with("new", "n\n").with("x.log", "ignored\n");
        repo.path().resolve("gone").toFile().delete();

        assertThat(diff().patches())
                .extracting(PatchView::file, PatchView::type, patch -> patch.hunks()
                        .get(0)
                        .lines())
                .containsExactly(
                        tuple("both", "modified", List.of("-1", "+3")),
                        tuple("gone", "deleted", List.of("-1")),
                        tuple("new", "added", List.of("+n")),
                        tuple("staged", "modified", List.of("-1", "+2")));
        assertThat(trees.diff(repo.path(), DiffScope.STAGED).patches())
                .extracting(PatchView::file, patch -> patch.hunks().get(0).lines())
                .containsExactly(tuple("both", List.of("-1", "+2")), tuple("staged", List.of("-1", "+2")));
        assertThat(trees.diff(repo.path(), DiffScope.UNSTAGED).patches())
                .extracting(PatchView::file, PatchView::type)
                .containsExactly(tuple("both", "modified"), tuple("gone", "deleted"), tuple("new", "added"));
        assertThat(trees.status(repo.path()).files())
                .extracting(ChangeView::file, ChangeView::staged, ChangeView::unstaged, ChangeView::untracked)
                .containsExactly(
                        tuple("both", "modified", "modified", false),
                        tuple("gone", null, "deleted", false),
                        tuple("staged", "modified", null, false),
                        tuple("new", null, null, true));
    }

    @Test
    void patchAndContentAreTheUnifiedDiff() {
        repo.with("a", "1\n2\n").commit("first").with("a", "1\nzwei\n");

        PatchView patch = diff().patches().get(0);

        assertThat(patch.patch()).startsWith("diff --git a/a b/a\n").endsWith("@@ -1,2 +1,2 @@\n 1\n-2\n+zwei\n");
        assertThat(patch.content()).isEqualTo(patch.patch());
        assertThat(patch.hunks()).containsExactly(new HunkView(1, 2, 1, 2, List.of(" 1", "-2", "+zwei")));
    }

    @Test
    void aRepositoryWithoutACommitHasADiffToo() {
        repo.with("staged", "s\n").git("add", "staged");
        repo.with("new", "n\n");

        assertThat(diff().patches())
                .extracting(PatchView::file, PatchView::type)
                .containsExactly(tuple("new", "added"), tuple("staged", "added"));
        assertThat(trees.diff(repo.path(), DiffScope.STAGED).patches()).hasSize(1);
        StatusView status = trees.status(repo.path());
        assertThat(status.branch()).isEqualTo("main");
        assertThat(status.head()).isNull();
    }

    @Test
    void anEmptyRepositoryHasNothing() {
        assertThat(diff()).isEqualTo(new DiffView(List.of(), 0, false));
        assertThat(trees.status(repo.path()).changed()).isZero();
    }

    @Test
    void aDetachedHeadIsTold() {
        repo.with("a", "1\n").commit("first").git("checkout", "--quiet", "--detach");
        repo.with("a", "2\n");

        StatusView status = trees.status(repo.path());

        assertThat(status.detached()).isTrue();
        assertThat(status.branch()).isNull();
        assertThat(status.head()).isEqualTo(repo.git("rev-parse", "HEAD"));
        assertThat(diff().patches()).hasSize(1);
    }

    @Test
    void renamesModesBinariesAndLinksAreTold() throws IOException {
        repo.with("old", "1\n2\n3\n4\n")
                .with("script", "x\n")
                .with("bin", "\0one")
                .with("file", "f\n")
                .commit("first");
        Files.move(repo.path().resolve("old"), repo.path().resolve("moved"));
        Files.setPosixFilePermissions(repo.path().resolve("script"), PosixFilePermissions.fromString("rwxr-xr-x"));
        repo.with("bin", "\0two").path().resolve("file").toFile().delete();
        Files.createSymbolicLink(repo.path().resolve("file"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(repo.path().resolve("dangling"), Path.of("nowhere"));

        List<PatchView> patches = diff().patches();

        assertThat(patches)
                .extracting(PatchView::file, PatchView::type, PatchView::oldFile, PatchView::binary, PatchView::newMode)
                .containsExactly(
                        tuple("bin", "modified", null, true, null),
                        tuple("dangling", "added", null, false, "120000"),
                        tuple("file", "deleted", null, false, null),
                        tuple("file", "added", null, false, "120000"),
                        tuple("moved", "renamed", "old", false, null),
                        tuple("script", "modified", null, false, "100755"));
        assertThat(patches.get(0).hunks()).isEmpty();
        assertThat(patches.get(3).hunks().get(0).lines())
                .containsExactly("+/etc/passwd", "\\ No newline at end of file");
        assertThat(diff().files()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " a ", "a\nb", "a\tb", "a\\b", "é", "-a", ":a", "*", "a b/a b", "b/b", "#a", "a\r"})
    void anyNameIsExact(String name) {
        repo.with("empty", "").commit("first").with(name, "x\n");
        assertThat(diff().patches()).extracting(PatchView::file).containsExactly(name);
        assertThat(trees.status(repo.path()).files())
                .extracting(ChangeView::file)
                .containsExactly(name);

        repo.commit("second").with(name, "y\n");
        assertThat(diff().patches())
                .extracting(PatchView::file, PatchView::type)
                .containsExactly(tuple(name, "modified"));

        repo.git("mv", "--", "./" + name, "moved to");
        assertThat(trees.status(repo.path()).files())
                .extracting(ChangeView::file, ChangeView::oldFile)
                .containsExactly(tuple("moved to", name));
    }

    @Test
    void aNameThatIsNoUtf8OrBeginsWithAQuotationMarkIsQuoted() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "echo x > \"$(printf 'caf\\351')\"")
                .directory(repo.path().toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        repo.with("\"a", "x\n").with("git~1", "x\n");

        assertThat(diff().patches())
                .extracting(PatchView::file)
                .containsExactlyInAnyOrder("\"\\\"a\"", "\"caf\\351\"", "git~1");
        assertThat(trees.status(repo.path()).files())
                .extracting(ChangeView::file)
                .containsExactlyInAnyOrder("\"\\\"a\"", "\"caf\\351\"", "git~1");
    }

    @Test
    void linesKeepTheirCarriageReturns() throws IOException {
        repo.with("a", "1\r\n2").commit("first").with("a", "1\r\nz\r\n");
        Files.write(repo.path().resolve("latin"), "\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(diff().patches().get(0).hunks().get(0).lines())
                .containsExactly(" 1\r", "-2", "\\ No newline at end of file", "+z\r");
        assertThat(diff().patches().get(1).hunks().get(0).lines()).containsExactly("+\ufffd");
    }

    @Test
    void theLineEndingsOfTheRepositoryAreUnderstood() throws IOException {
        repo.git("config", "core.autocrlf", "true");
        repo.with("a", "1\n2\n").commit("first").with("a", "1\r\n2\r\n");
        Files.setLastModifiedTime(
                repo.path().resolve("a"), FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(diff().patches()).isEmpty();
    }

    @Test
    void aHugeDiffIsCutAtAHunk() {
        repo.with("a", "1\n")
                .commit("first")
                .with("a", "2\n")
                .with("b", "line of text\n".repeat(200_000))
                .with("c", "c\n");

        DiffView diff = diff();

        assertThat(diff.truncated()).isTrue();
        assertThat(diff.files()).isEqualTo(3);
        assertThat(diff.patches())
                .extracting(PatchView::file, PatchView::truncated)
                .containsExactly(tuple("a", false), tuple("b", true));
        assertThat(diff.patches().get(1).hunks()).isEmpty();
    }

    @Test
    void moreUntrackedFilesThanAreShownAreTold() {
        for (int i = 0; i < 2100; i++) {
            repo.with("many/" + i, i + "\n");
        }

        assertThat(diff().truncated()).isTrue();
        assertThat(diff().files()).isEqualTo(2000);
        StatusView status = trees.status(repo.path());
        assertThat(status.files()).hasSize(1000);
        assertThat(status.untracked()).isEqualTo(2100);
        assertThat(status.truncated()).isTrue();
    }

    @Test
    void aNewFileThatMayNotBeReadIsLeftOut() throws IOException {
        repo.commit("first").with("secret", "s\n").with("open", "o\n");
        Path secret = repo.path().resolve("secret");
        Files.setPosixFilePermissions(secret, Set.of());
        assumeFalse(Files.isReadable(secret), "root may read everything");

        assertThat(diff().patches()).extracting(PatchView::file).containsExactly("open");
        assertThat(diff().truncated()).isTrue();
    }

    @Test
    void aConflictIsTold() {
        repo.with("a", "1\n").commit("first").git("checkout", "--quiet", "-b", "side");
        repo.with("a", "side\n").commit("side").git("checkout", "--quiet", "main");
        repo.with("a", "main\n").commit("main");
        try {
            repo.git("merge", "--quiet", "side");
        } catch (AssertionError conflict) {
            assertThat(conflict).hasMessageContaining("CONFLICT");
        }

        StatusView status = trees.status(repo.path());

        assertThat(status.operation()).isEqualTo("merge");
        assertThat(status.conflicted()).isEqualTo(1);
        assertThat(status.files())
                .extracting(ChangeView::file, ChangeView::conflict)
                .containsExactly(tuple("a", "both_modified"));
        for (DiffScope scope : Set.of(DiffScope.ALL, DiffScope.UNSTAGED)) {
            assertThat(trees.diff(repo.path(), scope)
                            .patches()
                            .get(0)
                            .hunks()
                            .get(0)
                            .lines())
                    .contains(" main", "+<<<<<<< HEAD", "+side");
        }
        assertThat(trees.diff(repo.path(), DiffScope.STAGED).patches()).isEmpty();
    }

    @Test
    void theUpstreamIsTold() {
        Repo origin = Repo.create(temp.resolve("origin")).with("a", "1\n").commit("first");
        repo.git("remote", "add", "origin", origin.path().toString());
        repo.git("fetch", "--quiet", "origin");
        repo.git("reset", "--quiet", "--hard", "origin/main");
        repo.git("branch", "--quiet", "--set-upstream-to=origin/main");
        repo.commit("mine");
        origin.commit("theirs").commit("theirs too");
        repo.git("fetch", "--quiet", "origin");

        assertThat(trees.status(repo.path()))
                .extracting(StatusView::upstream, StatusView::ahead, StatusView::behind)
                .containsExactly("origin/main", 1, 2);
    }

    @Test
    void submodulesAndNestedRepositoriesAreNotEntered() {
        Repo sub = Repo.create(repo.path().resolve("sub")).with("x", "1\n").commit("one");
        repo.commit("first");
        sub.with("x", "2\n");
        Repo.create(repo.path().resolve("nested")).with("y", "1\n");
        assertThat(diff().patches()).isEmpty();

        sub.commit("two");

        assertThat(diff().patches().get(0).hunks().get(0).lines().get(1))
                .isEqualTo("+Subproject commit " + sub.git("rev-parse", "HEAD"));
    }

    @Test
    void otherWaysToStoreARepositoryAreRead() {
        Repo sha256 = new Repo(repo.path().resolveSibling("sha256"));
        repo.git("init", "--quiet", "--object-format=sha256", sha256.path().toString());
        sha256.with("a", "1\n").commit("first").with("a", "2\n").with("b", "b\n");
        repo.with("a", "1\n").with("b", "1\n").commit("first").git("update-index", "--split-index");
        repo.git("pack-refs", "--all");
        repo.with("a", "2\n");

        assertThat(trees.diff(sha256.path(), DiffScope.ALL).patches()).hasSize(2);
        assertThat(diff().patches()).extracting(PatchView::file).containsExactly("a");
        assertThat(trees.status(repo.path()).head()).isEqualTo(repo.git("rev-parse", "HEAD"));
    }

    @Test
    void whatGitCannotReadIsAProblem() {
        repo.with("a", "1\n").commit("first").with(".git/index", "broken");
        refused(repo, ProblemCode.UNAVAILABLE);

        Repo config = Repo.create(temp.resolve("config")).with(".git/config", "[broken");
        refused(config, ProblemCode.UNAVAILABLE);
    }

    @Test
    void aPipeWhereGitReadsAFileIsNotWaitedFor() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(
                                "mkfifo", repo.path().resolve(".git/index").toString())
                        .start()
                        .waitFor())
                .isZero();
        refused(repo, ProblemCode.UNAVAILABLE);
    }

    @Test
    void tooManyAtOnceAreRefused() throws InterruptedException {
        repo.commit("first");
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(4);
        ExecutorService others = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < 4; i++) {
                others.execute(() -> trees.look(repo.path(), directory -> {
                    inside.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return null;
                }));
            }
            inside.await();
            refused(repo, ProblemCode.TOO_MANY);
        } finally {
            release.countDown();
            others.shutdown();
        }
        assertThat(diff().patches()).isEmpty();
    }

    private void refused(Repo asked, ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> trees.diff(asked.path(), DiffScope.ALL))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private DiffView diff() {
        return trees.diff(repo.path(), DiffScope.ALL);
    }
}
