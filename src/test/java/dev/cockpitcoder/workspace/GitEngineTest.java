package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** From a base to a working copy, to patches, to a commit on the user's branch, and back. */
class GitEngineTest {
    private static final String LINES =
            IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    @TempDir
    private Path directory;

    private Repo repo;
    private Engine engine;

    @BeforeEach
    void make() throws IOException {
        Path real = directory.toRealPath();
        repo = Repo.create(real.resolve("app"))
                .with("a", LINES)
                .with("b", "b\n")
                .commit("first");
        engine = Engine.in(real);
    }

    @Test
    void whoOpensACopyDisturbsNobodyWhoReadsIt() throws Exception {
        UUID id = UUID.randomUUID();
        String base = engine.branches().tip(repo.path(), "main").commit();
        WorkingCopy copy = engine.copies().create(id, repo.path(), base);
        new Repo(copy.files()).with("a", "changed\n");
        PatchSet set = copy.snapshot();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            Callable<String> read = () -> engine.copies()
                    .open(id, repo.path(), base)
                    .patches(set.tree())
                    .revision();
            for (Future<String> revision : readers.invokeAll(Collections.nCopies(100, read))) {
                assertThat(revision.get()).isEqualTo(set.revision());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void everythingTheAgentDidIsInThePatchesWhateverToolDidIt() throws IOException {
        repo.with(".gitignore", "ignored\n")
                .with("gone", "gone\n")
                .with("moved", LINES + "moved\n")
                .commit("more");
        WorkingCopy copy = engine.copy(repo);
        Repo agents = new Repo(copy.files());
        assertThat(agents.git("log", "--format=%s")).isEqualTo("more\nfirst");
        assertThat(agents.git("status", "--porcelain")).isEmpty();
        agents.with("committed", "by the agent\n").commit("the agent's");
        agents.with("untracked", "x\n").with("ignored", "x\n");
        Files.delete(agents.path().resolve("gone"));
        Files.createDirectories(agents.path().resolve("dir"));
        Files.move(agents.path().resolve("moved"), agents.path().resolve("dir/moved"));
        agents.path().resolve("b").toFile().setExecutable(true);

        PatchSet set = copy.snapshot();

        assertThat(set.changes().stream().map(change -> change.last().type() + " " + change.file()))
                .containsExactlyInAnyOrder(
                        "MODIFIED b", "ADDED committed", "RENAMED dir/moved", "DELETED gone", "ADDED untracked");
        assertThat(copy.snapshot().revision()).isEqualTo(set.revision());
        engine.applyAll(copy);
        assertThat(repo.git("ls-files")).isEqualTo(".gitignore\na\nb\ncommitted\ndir/moved\nuntracked");
        assertThat(repo.path().resolve("b")).isExecutable();
        assertThat(repo.git("log", "-1", "--format=%an %s")).isEqualTo("Ann from a phone");
        assertThat(repo.git("reflog", "-1", "--format=%gs")).isEqualTo("cockpit: from a phone");
    }

    @Test
    void aFileThatBecomesALinkIsTwoPatchesAndMayNotBeApplied() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        Files.delete(copy.files().resolve("b"));
        Files.createSymbolicLink(copy.files().resolve("b"), Path.of("/etc/passwd"));

        FileChange change = copy.snapshot().changes().get(0);

        assertThat(change.patches()).hasSize(2).allMatch(patch -> patch.file().equals("b"));
        assertThat(change.divisible()).isFalse();
        assertThat(change.refusal()).isEqualTo("it is a symbolic link");
    }

    @Test
    void aDirectoryMayBecomeALinkAndALinkADirectory() throws IOException {
        Files.createSymbolicLink(repo.path().resolve("link"), Path.of("b"));
        repo.with("dir/hostname", "x\n").commit("a directory and a link");
        WorkingCopy copy = engine.copy(repo);
        PrivateGitDir.delete(copy.files().resolve("dir"));
        Files.createSymbolicLink(copy.files().resolve("dir"), Path.of("/etc"));
        Files.delete(copy.files().resolve("link"));
        new Repo(copy.files()).with("link/file", "other\n");

        PatchSet set = copy.snapshot();

        assertThat(set.changes().stream().map(change -> change.last().type() + " " + change.file()))
                .containsExactlyInAnyOrder("ADDED dir", "DELETED dir/hostname", "DELETED link", "ADDED link/file");
    }

    @Test
    void aLinkOfTheBaseIsThereAndCanBeDeleted() throws IOException {
        Files.createSymbolicLink(repo.path().resolve("link"), Path.of("b"));
        repo.commit("link");
        WorkingCopy copy = engine.copy(repo);
        assertThat(copy.files().resolve("link")).isSymbolicLink();
        Files.delete(copy.files().resolve("link"));

        PatchSet set = copy.snapshot();

        assertThat(set.changes().get(0).refusal()).isNull();
        engine.applyAll(copy);
        assertThat(repo.path().resolve("link")).doesNotExist();
    }

    @Test
    void namesOfGitDirectoriesNeverGetIn() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files())
                .with(".GIT/config", "x")
                .with("sub/.Git/hooks/post-checkout", "x")
                .with("git~1/config", "x")
                .with("fine", "x");

        PatchSet set = copy.snapshot();

        assertThat(set.changes().stream().map(FileChange::file)).containsExactlyInAnyOrder("fine", "git~1/config");
        assertThat(set.changes().stream()
                        .filter(change -> change.refusal() != null)
                        .map(FileChange::file))
                .containsExactly("git~1/config");
        assertThat(UnsafePath.is("../x")).isTrue();
        assertThat(UnsafePath.is("/abs")).isTrue();
        assertThat(UnsafePath.is(".g\u00e2\u0080\u008cit/config")).isTrue();
        assertThat(UnsafePath.is("a/.git. /x")).isTrue();
        assertThat(UnsafePath.is(".github/x")).isFalse();
    }

    @Test
    void nothingTheAgentPlantsRunsInTheServer() throws Exception {
        WorkingCopy copy = engine.copy(repo);
        PrivateGitDir.delete(copy.files());
        HostileRepo hostile = new HostileRepo(copy.files(), directory.resolve("aside"));

        PatchSet set = copy.snapshot();
        engine.apply(copy, set, Engine.all(set, change -> change.refusal() == null));

        assertThat(set.changes().stream().map(FileChange::file)).contains(".gitattributes", "a.clean", "new.process");
        assertThat(hostile.fired()).isEmpty();
    }

    @Test
    void aHostileRepositoryOfTheUserRunsNothingEither() throws Exception {
        HostileRepo hostile = new HostileRepo(directory.toRealPath().resolve("hostile"), directory.resolve("aside"));
        Repo its = new Repo(hostile.path());
        its.git("config", "--remove-section", "filter.process");
        its.git("config", "--remove-section", "filter.clean");
        Set<String> before = hostile.fired();
        WorkingCopy copy = engine.copies()
                .create(
                        UUID.randomUUID(),
                        its.path(),
                        engine.branches().tip(its.path(), null).commit());
        new Repo(copy.files()).with("a.smudge", "agent\n").with("a.cmd", "agent\n");

        Landing landing = engine.branches()
                .apply(copy, "main", copy.snapshot(), Engine.all(copy.snapshot(), change -> true), Engine.TEXT);
        ProblemException dirty = catchThrowableOfType(
                ProblemException.class, () -> engine.branches().land(copy, landing, Engine.TEXT));
        assertThat(dirty.code()).isEqualTo(ProblemCode.CONFLICT);
        assertThat(hostile.fired()).isEqualTo(before);
    }

    @Test
    void landingOnACheckoutRunsNoFilterHookOrMonitorOfTheRepository() throws Exception {
        repo.with(".gitattributes", "* filter=evil diff=evil merge=evil\n").commit("attributes");
        Path fired = directory.toRealPath().resolve("fired");
        Path canary = Files.writeString(directory.resolve("canary"), "#!/bin/sh\ntouch '" + fired + "'\ncat\n");
        assertThat(canary.toFile().setExecutable(true)).isTrue();
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("new", "agent\n");
        for (String key : List.of(
                "filter.evil.clean",
                "filter.evil.smudge",
                "filter.evil.process",
                "diff.evil.command",
                "diff.evil.textconv",
                "merge.evil.driver",
                "core.fsmonitor",
                "diff.external")) {
            repo.git("config", key, canary.toString());
        }
        for (String hook : List.of("reference-transaction", "post-index-change", "post-checkout", "pre-commit")) {
            Files.copy(canary, repo.path().resolve(".git/hooks").resolve(hook));
        }

        Landing landing = engine.applyAll(copy);
        Landing undo = engine.branches().undo(copy, landing, Engine.TEXT);
        assertThat(repo.path().resolve("a")).hasContent("agent");
        engine.branches().land(copy, undo, Engine.TEXT);
        engine.branches().recover(copy, undo);

        assertThat(repo.path().resolve("a")).hasContent(LINES);
        assertThat(fired).doesNotExist();
        new Repo(repo.path()).git("-c", "core.fsmonitor=false", "hook", "run", "pre-commit");
        assertThat(fired).exists();
    }

    @Test
    void aPipeAndAnUnreadableFileDoNotStopTheSnapshot() throws Exception {
        WorkingCopy copy = engine.copy(repo);
        Files.delete(copy.files().resolve("b"));
        new ProcessBuilder("mkfifo", copy.files().resolve("b").toString())
                .start()
                .waitFor();
        new ProcessBuilder("mkfifo", copy.files().resolve("c").toString())
                .start()
                .waitFor();
        new Repo(copy.files()).with("d", "d\n");

        assertThat(copy.snapshot().changes().stream().map(FileChange::file)).containsExactly("d");
    }

    @Test
    void hunksOneAndThreeOfThreeAreAppliedAndTheRestLater() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        Files.writeString(
                copy.files().resolve("a"),
                LINES.replace("line 3\n", "three\n")
                        .replace("line 20\n", "twenty\n")
                        .replace("line 38\n", "38\n"));
        PatchSet set = copy.snapshot();
        assertThat(set.changes().get(0).hunks()).isEqualTo(3);

        engine.apply(copy, set, Engine.only(set, "a", 0, 2));

        assertThat(repo.path().resolve("a"))
                .hasContent(LINES.replace("line 3\n", "three\n").replace("line 38\n", "38\n"));

        engine.apply(copy, set, Engine.only(set, "a", 1));

        assertThat(repo.path().resolve("a"))
                .hasSameTextualContentAs(copy.files().resolve("a"));
        assertThat(repo.git("log", "--format=%s")).isEqualTo("from a phone\nfrom a phone\nfirst");
        ProblemException again = refusal(() -> engine.apply(copy, set, Engine.only(set, "a", 1)));
        assertThat(again.code()).isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void aBranchThatMovedIsMergedThreeWay() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        Files.writeString(copy.files().resolve("a"), LINES.replace("line 3\n", "three\n"));
        repo.with("a", LINES.replace("line 30\n", "thirty\n")).commit("meanwhile");

        engine.applyAll(copy);

        assertThat(repo.path().resolve("a"))
                .hasContent(LINES.replace("line 3\n", "three\n").replace("line 30\n", "thirty\n"));
        assertThat(repo.git("log", "--format=%s")).isEqualTo("from a phone\nmeanwhile\nfirst");
    }

    @Test
    void aConflictNamesFilesAndHunksAndChangesNothing() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        Files.writeString(copy.files().resolve("a"), LINES.replace("line 3\n", "three\n"));
        Files.writeString(copy.files().resolve("b"), "changed\n");
        repo.with("a", LINES.replace("line 3\n", "drei\n")).commit("meanwhile");
        String state = state();

        ProblemException refusal = refusal(() -> engine.applyAll(copy));

        assertThat(refusal.code()).isEqualTo(ProblemCode.CONFLICT);
        JsonObject conflict = refusal.members().getJsonArray("conflicts").getJsonObject(0);
        assertThat(conflict.getString("file")).isEqualTo("a");
        assertThat(conflict.getJsonArray("hunks").getInt(0)).isZero();
        assertThat(refusal.members().getJsonArray("conflicts")).hasSize(1);
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void aDirtyCheckoutIsRefusedWithThePathsAndKeepsItsBytes() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("new", "agent\n").with("deep/ignored", "agent\n");
        repo.with("b", "not committed\n");
        String state = state();
        assertThat(named(refusal(() -> engine.applyAll(copy)))).containsExactly("b");
        assertThat(state()).isEqualTo(state);
        repo.git("checkout", "--", "b");

        repo.with("new", "the user's\n");
        assertThat(named(refusal(() -> engine.applyAll(copy)))).containsExactly("new");
        assertThat(repo.path().resolve("new")).hasContent("the user's");
        Files.delete(repo.path().resolve("new"));

        Files.writeString(repo.path().resolve(".git/info/exclude"), "deep\n");
        repo.with("deep", "ignored, and the user's\n");
        assertThat(named(refusal(() -> engine.applyAll(copy)))).containsExactly("deep");
        assertThat(repo.path().resolve("deep")).hasContent("ignored, and the user's");
        Files.delete(repo.path().resolve("deep"));

        repo.with("unrelated", "untracked\n");
        engine.applyAll(copy);
        assertThat(repo.git("status", "--porcelain")).isEqualTo("?? unrelated");
    }

    @Test
    void anUnfinishedMergeAndALockedIndexAreRefused() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n");
        Path mergeHead = Files.writeString(repo.path().resolve(".git/MERGE_HEAD"), repo.git("rev-parse", "HEAD"));
        assertThat(refusal(() -> engine.applyAll(copy))).hasMessageContaining("merge");
        Files.delete(mergeHead);
        Path lock = Files.createFile(repo.path().resolve(".git/index.lock"));
        assertThat(refusal(() -> engine.applyAll(copy))).hasMessageContaining("index.lock");
        assertThat(lock).exists();
        Files.delete(lock);

        engine.applyAll(copy);

        assertThat(repo.path().resolve("a")).hasContent("agent");
        assertThat(lock).doesNotExist();
    }

    @Test
    void aBranchThatIsNotCheckedOutMovesAlone() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n");
        repo.git("checkout", "--quiet", "--detach");
        repo.with("b", "not committed\n");

        engine.applyAll(copy);

        assertThat(repo.path().resolve("a")).hasContent(LINES);
        assertThat(repo.path().resolve("b")).hasContent("not committed");
        assertThat(repo.git("show", "main:a")).isEqualTo("agent");
        assertThat(refusal(() -> engine.branches().tip(repo.path(), null)).code())
                .isEqualTo(ProblemCode.INVALID);
        repo.git("worktree", "add", "--quiet", directory.resolve("other").toString(), "main");
        new Repo(copy.files()).with("a", LINES).with("z", "again\n");
        assertThat(refusal(() -> engine.applyAll(copy))).hasMessageContaining("another working tree");
    }

    @Test
    void onlyRealBranchesAreBranches() {
        for (String branch :
                List.of("no/such", "main~0", "--upload-pack=x", "HEAD", "../main", "", "main\0", "@{-1}")) {
            assertThat(refusal(() -> engine.branches().tip(repo.path(), branch)).code())
                    .as(branch)
                    .isEqualTo(ProblemCode.INVALID);
        }
    }

    @Test
    void anUndoAfterOtherCommitsIsACommitThatReverses() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", LINES.replace("line 3\n", "three\n"));
        Landing landing = engine.applyAll(copy);
        repo.with("b", "later\n").commit("later");

        Landing undo = engine.branches().undo(copy, landing, Engine.TEXT);
        assertThat(engine.branches().land(copy, undo, Engine.TEXT)).isTrue();

        assertThat(repo.path().resolve("a")).hasContent(LINES);
        assertThat(repo.path().resolve("b")).hasContent("later");
        assertThat(repo.git("rev-list", "--count", "main")).isEqualTo("4");
        assertThat(refusal(() -> engine.branches().undo(copy, landing, Engine.TEXT))
                        .code())
                .isEqualTo(ProblemCode.CONFLICT);
        repo.git("reset", "--quiet", "--hard", "HEAD~3");
        assertThat(refusal(() -> engine.branches().undo(copy, landing, Engine.TEXT))
                        .code())
                .isEqualTo(ProblemCode.CONFLICT);
    }

    @Test
    void aShallowCloneAndPackedRefsWorkToo() throws IOException {
        repo.with("b", "second\n").commit("second");
        Path shallow = directory.toRealPath().resolve("shallow");
        repo.git("clone", "--quiet", "--depth=1", "file://" + repo.path(), shallow.toString());
        Repo clone = new Repo(shallow);
        clone.git("pack-refs", "--all");
        WorkingCopy copy = engine.copy(clone);
        assertThat(new Repo(copy.files()).git("log", "--format=%s")).isEqualTo("second");
        new Repo(copy.files()).with("b", "agent\n");

        Landing landing = engine.applyAll(copy);

        assertThat(clone.git("log", "--format=%s")).isEqualTo("from a phone\nsecond");
        assertThat(clone.git("rev-parse", "main")).isEqualTo(landing.after());
        clone.git("fsck");
    }

    @Test
    void aCopyThatADyingServerBroughtBackInPartIsMadeAnew() throws IOException {
        UUID id = UUID.randomUUID();
        String base = repo.git("rev-parse", "HEAD");
        WorkingCopy copy = engine.copies().create(id, repo.path(), base);
        new Repo(copy.files()).with("a", "agent\n").with("new", "agent\n");
        String tree = copy.snapshot().tree();
        engine.copies().putAway(id).run();
        assertThat(engine.copies().hasFiles(id)).isFalse();
        // it had come to the first file
        new Repo(Files.createDirectories(copy.files().resolveSibling("copy.new"))).with("a", "agent\n");

        WorkingCopy restored = engine.copies().restore(id, repo.path(), base);

        assertThat(restored.files().resolve("new")).hasContent("agent");
        assertThat(restored.files().resolve("b")).hasContent("b");
        assertThat(restored.snapshot().tree()).isEqualTo(tree);
        assertThat(copy.files().resolveSibling("copy.new")).doesNotExist();
    }

    @Test
    void aSubmoduleStaysWhatItIs() throws IOException {
        Repo.create(repo.path().resolve("sub")).with("x", "x\n").commit("sub");
        repo.commit("with a submodule");
        WorkingCopy copy = engine.copy(repo);
        Repo.create(copy.files().resolve("sub")).with("x", "agent\n").commit("agent");
        Repo.create(copy.files().resolve("other")).with("x", "agent\n").commit("agent");
        new Repo(copy.files()).with("b", "agent\n");

        assertThat(copy.snapshot().changes().stream().map(FileChange::file)).containsExactly("b");
        engine.applyAll(copy);
        assertThat(repo.path().resolve("sub/x")).hasContent("x");
    }

    @Test
    void twoThatMoveTheBranchAtOnceLoseNothing() throws Exception {
        List<WorkingCopy> copies = IntStream.range(0, 8)
                .mapToObj(i -> {
                    WorkingCopy copy = engine.copy(repo);
                    new Repo(copy.files()).with("file" + i, "agent\n");
                    return copy;
                })
                .toList();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        var pool = Executors.newFixedThreadPool(8);
        for (WorkingCopy copy : copies) {
            pool.execute(() -> {
                try {
                    while (engine.applyAll(copy) == null) {
                        // the branch moved between the merge and the swap
                    }
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(failures).isEmpty();
        assertThat(repo.git("rev-list", "--count", "main")).isEqualTo("9");
        assertThat(repo.git("ls-files")).contains("file0", "file7");
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void whatAKilledServerBeganIsEnded() throws IOException {
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("new", "agent\n").with("c", "c\n");
        Files.delete(copy.files().resolve("b"));
        Landing landing = engine.applyAll(copy);
        repo.git("reset", "--quiet", "--hard", "HEAD~1");
        assertThat(engine.branches().recover(copy, landing)).isFalse();
        // as if it had died when one file was written
        repo.git("update-ref", "refs/heads/main", landing.after());
        repo.with("a", "agent\n").with("new", "the user wrote this since\n");
        Files.writeString(repo.path().resolve(".git/index.lock"), "held by Cockpit Coder\n");

        assertThat(engine.branches().recover(copy, landing)).isTrue();

        assertThat(repo.path().resolve("b")).doesNotExist();
        assertThat(repo.path().resolve("c")).hasContent("c");
        assertThat(repo.path().resolve("new")).hasContent("the user wrote this since");
        assertThat(repo.git("status", "--porcelain")).isEqualTo("M new");
        assertThat(repo.path().resolve(".git/index.lock")).doesNotExist();
    }

    private String state() throws IOException {
        return repo.git("for-each-ref")
                + repo.git("status", "--porcelain")
                + repo.git("diff")
                + repo.git("ls-files", "--stage");
    }

    private static List<String> named(ProblemException refusal) {
        assertThat(refusal.code()).isEqualTo(ProblemCode.CONFLICT);
        return refusal.members().getJsonArray("files").getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static ProblemException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call);
    }
}
