package dev.cockpitcoder.patch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.JsonString;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.patch.NewApply.SelectedFile;
import dev.cockpitcoder.patch.PatchesView.OfferedHunk;
import dev.cockpitcoder.patch.PatchesView.OfferedPatch;
import dev.cockpitcoder.persistence.Databases;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Landing;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Patches offered, chosen, applied and taken back, on real repositories. */
class PatchesTest {
    private static final String LINES =
            IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    private final UUID task = UUID.randomUUID();

    @TempDir
    private Path directory;

    private Repo repo;
    private Engine engine;
    private Repo agents;
    private WorkingCopy copy;
    private Patches patches;

    @BeforeEach
    void make() throws IOException {
        repo = Repo.create(directory.resolve("app"))
                .with("a", LINES)
                .with("b", "b\n")
                .commit("first");
        engine = Engine.in(directory.toRealPath());
        copy = engine.copy(repo);
        agents = new Repo(copy.files());
        patches = PatchRecords.patches(engine.branches());
        agents.with(
                "a",
                LINES.replace("line 3\n", "three\n")
                        .replace("line 20\n", "twenty\n")
                        .replace("line 38\n", "38\n"));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void chosenHunksLandAreMarkedAndTheRestIsAppliedLater(Databases database) {
        patches = new Patches(new PatchRecords(database), engine.branches());
        assertThat(read().patches()).isEmpty();
        assertThat(take()).isEqualTo(1);

        // the same file several times, as the mobile client names it
        AppliedView applied = apply("two of three", new SelectedFile("a", List.of(0), null), hunk("a", 2));

        assertThat(applied.ok()).isTrue();
        assertThat(applied.branch()).isEqualTo("main");
        assertThat(applied.commit()).isEqualTo(repo.git("rev-parse", "main"));
        assertThat(repo.git("log", "-1", "--format=%s")).isEqualTo("two of three");
        assertThat(repo.path().resolve("a"))
                .hasContent(LINES.replace("line 3\n", "three\n").replace("line 38\n", "38\n"));
        assertThat(read().patches().get(0).hunks().stream().map(OfferedHunk::applied))
                .containsExactly(true, false, true);
        assertThat(read().patches().get(0).applied()).isFalse();

        apply(null, new SelectedFile("a", null, List.of(hunks().get(1).id())));

        assertThat(read().patches()).allMatch(OfferedPatch::applied);
        assertThat(repo.git("log", "-1", "--format=%s")).isEqualTo("Apply changes of an agent");
        assertThat(patches.undo(task, copy, "me").message()).isEqualTo("Undo: Apply changes of an agent");
        patches.undo(task, copy, "me");
        assertThat(patches.isApplied(task)).isFalse();
        assertThat(repo.git("log", "--format=%s")).isEqualTo("first");
        assertThat(read().patches().get(0).hunks()).noneMatch(OfferedHunk::applied);
        assertThat(refusal(() -> patches.undo(task, copy, "me")).code()).isEqualTo(ProblemCode.CONFLICT);
        apply("again", hunk("a", 0));
    }

    @Test
    void theAuthorIsWhoTheRepositorySaysAndNothingIsAddedToTheMessage() {
        repo.git("config", "user.name", "Known");
        repo.git("config", "user.email", "known@example.invalid");
        take();

        apply("Only this", hunk("a", 0));

        assertThat(repo.git("log", "-1", "--format=%an <%ae>, %cn <%ce>: %B"))
                .isEqualTo("Known <known@example.invalid>, Known <known@example.invalid>: Only this");
    }

    @Test
    void whereNobodyIsConfiguredTheAuthorIsTheUserOfTheSession() {
        assumeThat(Path.of(System.getProperty("user.home"), ".gitconfig"))
                .as("somebody is configured for all repositories")
                .doesNotExist();

        assertThat(engine.branches().text(repo.path(), "x", "me").authorName()).isEqualTo("me");
    }

    @Test
    void whatIsNotThereIsAConflictAndChangesNothing() {
        assertThat(refusal(() -> apply("x", hunk("a", 0))).code()).isEqualTo(ProblemCode.CONFLICT);
        take();
        String before = repo.git("for-each-ref");
        String first = hunks().get(0).id();
        String revision = read().revision();

        for (SelectedFile selected : List.of(
                hunk("missing", 0),
                hunk("a", 3),
                hunk("a", -1),
                new SelectedFile("a", null, List.of("0000")),
                hunk("b/a", 0))) {
            assertThat(refusal(() -> apply("x", selected)).code())
                    .as("%s", selected)
                    .isEqualTo(ProblemCode.CONFLICT);
        }
        agents.with("a", LINES.replace("line 3\n", "drei\n"));
        take();
        assertThat(refusal(() -> apply("x", new SelectedFile("a", null, List.of(first))))
                        .code())
                .isEqualTo(ProblemCode.CONFLICT);
        NewApply stale = new NewApply(List.of(hunk("a", 0)), "x", revision, null);
        assertThat(refusal(() -> patches.apply(task, copy, "main", stale, null, "me", told -> {}))
                        .code())
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(repo.git("for-each-ref")).isEqualTo(before);
    }

    @Test
    void whatCannotBeMeantIsInvalid() {
        agents.with("script", "x\n");
        agents.git("mv", "b", "c");
        take();
        assertThat(refusal(() -> patches.apply(task, copy, "main", null, null, "me", told -> {}))
                        .code())
                .isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(this::applyNothing).code()).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(() -> apply("x", new SelectedFile("a", List.of(), null)))
                        .code())
                .isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(() -> apply("x", new SelectedFile(null, null, null))).code())
                .isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(() -> apply("control \u001b[2J", hunk("a", 0))).code())
                .isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(() -> apply("x".repeat(10_000), hunk("a", 0))).code())
                .isEqualTo(ProblemCode.INVALID);
        apply("whole files without hunks", new SelectedFile("c", List.of(), null), hunk("script", 0));
        assertThat(repo.git("ls-files")).isEqualTo("a\nc\nscript");
    }

    @Test
    void aFileThatRunsOnUseIsConfirmedByItsName() {
        agents.with("sub/package.json", "{}\n").with(".github/workflows/x.yml", "x\n");
        take();
        SelectedFile[] both = {whole("sub/package.json"), whole(".github/workflows/x.yml")};

        ProblemException refusal = refusal(() -> apply("x", both));

        assertThat(refusal.code()).isEqualTo(ProblemCode.CONFIRMATION_NEEDED);
        assertThat(refusal.members().getJsonArray("files").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString))
                .containsExactlyInAnyOrder("sub/package.json", ".github/workflows/x.yml");
        assertThat(read().patches().stream().filter(OfferedPatch::risky).count())
                .isEqualTo(2);
        NewApply confirmed =
                new NewApply(List.of(both), "x", null, List.of("sub/package.json", ".github/workflows/x.yml"));
        patches.apply(task, copy, "main", confirmed, null, "me", told -> {});
        assertThat(repo.path().resolve("sub/package.json")).exists();
    }

    @Test
    void aLinkIsRefusedAndTheCheckoutStays() throws IOException {
        Files.createSymbolicLink(copy.files().resolve("link"), Path.of("/etc"));
        take();

        ProblemException refusal = refusal(() -> apply("x", whole("link"), hunk("a", 0)));

        assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID);
        assertThat(read().patches().stream()
                        .filter(patch -> patch.refusal() != null)
                        .map(OfferedPatch::file))
                .containsExactly("link");
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    @Test
    void theSameKeyTwentyTimesAtOnceIsOneCommit() throws Exception {
        take();
        NewApply wanted = new NewApply(List.of(hunk("a", 0)), "once", null, null);
        var pool = Executors.newFixedThreadPool(20);
        try {
            Callable<String> apply = () -> patches.apply(task, copy, "main", wanted, "key", "me", told -> {})
                    .commit();
            Set<String> commits = pool
                    .invokeAll(IntStream.range(0, 20).mapToObj(i -> apply).toList())
                    .stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.toSet());
            assertThat(commits).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(repo.git("rev-list", "--count", "main")).isEqualTo("2");
    }

    @Test
    void whatAKilledServerBeganLandedOrNeverWas() {
        take();
        PatchRecords records = new PatchRecords(Databases.H2);
        AppliedView applied = apply("x", hunk("a", 0));
        Landing landing = new Landing("main", repo.git("rev-parse", "main~1"), applied.commit());
        UUID other = UUID.randomUUID();
        records.begin(new StoredLanding(other, null, null, landing, "landed", "x"));
        records.begin(new StoredLanding(
                UUID.randomUUID(), null, null, new Landing("main", applied.commit(), "0".repeat(40)), "not", "x"));

        patches.recover(any -> copy);

        assertThat(records.begun()).isEmpty();
        assertThat(patches.isApplied(other)).isTrue();
        assertThat(repo.git("rev-parse", "main")).isEqualTo(applied.commit());
    }

    private void applyNothing() {
        apply("x");
    }

    private int take() {
        return patches.take(task, copy);
    }

    private PatchesView read() {
        return patches.read(task, () -> copy);
    }

    private List<OfferedHunk> hunks() {
        return read().patches().get(0).hunks();
    }

    private AppliedView apply(String message, SelectedFile... selected) {
        return patches.apply(
                task, copy, "main", new NewApply(List.of(selected), message, null, null), null, "me", told -> {});
    }

    private static SelectedFile hunk(String file, int number) {
        return new SelectedFile(file, List.of(number), null);
    }

    private static SelectedFile whole(String file) {
        return new SelectedFile(file, null, null);
    }

    private static ProblemException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call);
    }
}
