package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a repository can be in the middle of. Each refusal says so, and not a byte of the repository is another. */
class LandingRefusedTest {
    @TempDir
    private Path directory;

    private Repo repo;
    private Engine engine;
    private WorkingCopy copy;
    private Predicate<Path> counts = any -> true;

    @BeforeEach
    void make() throws IOException {
        repo = Repo.create(directory.toRealPath().resolve("app"))
                .with("a", "a\n")
                .with("b", "b\n")
                .commit("first");
        repo.git("checkout", "--quiet", "-b", "other");
        repo.with("b", "other\n").commit("other").git("checkout", "--quiet", "main");
        engine = Engine.in(directory.toRealPath());
        copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("new", "agent\n");
        repo.with("untracked", "the user's\n");
    }

    /** Whatever stood in the way, it works when that is gone. */
    @AfterEach
    void applyInTheEnd() {
        repo.git("reset", "--quiet", "--hard", "main");
        engine.applyAll(copy);
        assertThat(repo.path().resolve("a")).hasContent("agent");
        assertThat(repo.path().resolve("untracked")).hasContent("the user's");
    }

    @Test
    void inTheMiddleOfAMerge() throws IOException {
        repo.git("merge", "--no-commit", "--no-ff", "other");

        assertRefused(ProblemCode.CONFLICT, "A merge is not finished");

        assertThat(repo.git("show", ":b")).isEqualTo("other");
        repo.git("merge", "--abort");
    }

    @Test
    void inTheMiddleOfAConflict() throws IOException {
        repo.with("b", "ours\n").git("commit", "--quiet", "--message", "ours", "b");
        fails("merge", "other");

        assertRefused(ProblemCode.CONFLICT, "A merge is not finished");

        assertThat(repo.path().resolve("b")).content().contains("<<<<<<<");
        repo.git("merge", "--abort");
    }

    @Test
    void inTheMiddleOfARebase() throws IOException {
        repo.with("b", "ours\n").git("commit", "--quiet", "--message", "ours", "b");
        fails("rebase", "other");

        // the branch that is rebased is not checked out meanwhile, but it is not to be moved either
        assertRefused(ProblemCode.CONFLICT, "A rebase is not finished");

        repo.git("rebase", "--abort");
    }

    @Test
    void inTheMiddleOfABisect() throws IOException {
        repo.with("b", "second\n").git("commit", "--quiet", "--message", "second", "b");
        repo.git("bisect", "start");
        repo.git("bisect", "bad", "main");

        assertRefused(ProblemCode.CONFLICT, "A bisect is not finished");

        repo.git("bisect", "reset");
    }

    @Test
    void anIndexThatSomebodyHasLocked() throws IOException {
        Path lock = Files.writeString(repo.path().resolve(".git/index.lock"), "another git\n");

        assertRefused(ProblemCode.CONFLICT, "index.lock");

        assertThat(lock).hasContent("another git");
        Files.delete(lock);
    }

    @Test
    void aBranchThatSomebodyHasLocked() throws IOException {
        Path lock = Files.writeString(repo.path().resolve(".git/refs/heads/main.lock"), "another git\n");
        // found when the commit is there already, which nothing names then
        counts = file -> !file.startsWith(repo.path().resolve(".git/objects"));

        assertRefused(ProblemCode.UNAVAILABLE, "main.lock is held or left");

        assertThat(lock).hasContent("another git");
        Files.delete(lock);
    }

    @Test
    void aCheckoutThatIsDirtyInAnyWay() throws IOException {
        repo.with("b", "edited\n");
        assertRefused(ProblemCode.CONFLICT, ": b.");
        repo.git("add", "b");
        assertRefused(ProblemCode.CONFLICT, ": b.");
        repo.with("b", "staged, and edited again\n");
        assertRefused(ProblemCode.CONFLICT, ": b.");
        repo.git("reset", "--quiet", "--hard");
        Files.delete(repo.path().resolve("b"));
        assertRefused(ProblemCode.CONFLICT, ": b.");
        repo.git("checkout", "--quiet", "--", "b");
        repo.path().resolve("b").toFile().setExecutable(true);
        assertRefused(ProblemCode.CONFLICT, ": b.");
        repo.git("checkout", "--quiet", "--", "b");
        repo.with("new", "the user's\n");
        assertRefused(ProblemCode.CONFLICT, ": new.");
        Files.delete(repo.path().resolve("new"));
        // the same size and an old time: only the content tells
        repo.with("b", "B\n");
        Files.setLastModifiedTime(repo.path().resolve("b"), FileTime.fromMillis(1_000_000_000_000L));
        assertRefused(ProblemCode.CONFLICT, ": b.");
    }

    @Test
    void aFileThatWasTouchedAndIsAsItWasIsNoObstacle() throws IOException {
        Files.setLastModifiedTime(repo.path().resolve("a"), FileTime.fromMillis(1_000_000_000_000L));
        Files.setLastModifiedTime(repo.path().resolve("b"), FileTime.fromMillis(1_000_000_000_000L));

        Landing landing = engine.applyAll(copy);

        assertThat(repo.path().resolve("a")).hasContent("agent");
        engine.branches().land(copy, engine.branches().undo(copy, landing, Engine.TEXT), Engine.TEXT);
    }

    @Test
    void aBranchThatIsGone() throws IOException {
        repo.git("checkout", "--quiet", "other");
        String main = repo.git("rev-parse", "main");
        repo.git("branch", "--quiet", "-D", "main");

        assertRefused(ProblemCode.CONFLICT, "The branch is not there any more");

        repo.git("branch", "main", main);
        repo.git("checkout", "--quiet", "main");
    }

    private void assertRefused(ProblemCode code, String why) throws IOException {
        Map<String, String> before = everyByte();

        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> engine.applyAll(copy));

        assertThat(refusal).hasMessageContaining(why);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(everyByte()).isEqualTo(before);
    }

    private Map<String, String> everyByte() throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (var files = Files.walk(repo.path())) {
            for (Path file : files.filter(Files::isRegularFile).filter(counts).toList()) {
                bytes.put(
                        repo.path().relativize(file).toString(),
                        Files.getLastModifiedTime(file) + " " + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return bytes;
    }

    private void fails(String... arguments) {
        catchThrowableOfType(AssertionError.class, () -> repo.git(arguments));
    }
}
