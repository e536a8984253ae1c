package dev.cockpitcoder.patch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What an agent reads of comments on its hunks. */
class CommentsTest {
    private static final String LINES =
            IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    private final UUID task = UUID.randomUUID();

    @TempDir
    private Path directory;

    private WorkingCopy copy;
    private Repo agents;
    private Patches patches;

    @BeforeEach
    void make() throws IOException {
        Repo repo = Repo.create(directory.resolve("app"))
                .with("a", LINES)
                .with("gone", "g\n")
                .commit("first");
        Engine engine = Engine.in(directory.toRealPath());
        copy = engine.copy(repo);
        agents = new Repo(copy.files());
        patches = PatchRecords.patches(engine.branches());
        agents.with("a", LINES.replace("line 3\n", "three\n").replace("line 38\n", "38\n"));
    }

    @Test
    void eachCommentFollowsTheLinesItIsAbout() {
        take();
        String second =
                patches.read(task, () -> copy).patches().get(0).hunks().get(1).id();

        String text = commented(
                new NewComment("a", 0, null, "Rather 3"),
                new NewComment("a", null, second, " In words\n"),
                new NewComment("a", null, null, "Why at all?"));

        assertThat(text).isEqualTo("""
                3 comments on your changes in a:

                a, from line 1:
                ```diff
                @@ -1,6 +1,6 @@
                 line 1
                 line 2
                -line 3
                +three
                 line 4
                 line 5
                 line 6
                ```
                Rather 3

                a, from line 35:
                ```diff
                @@ -35,6 +35,6 @@
                 line 35
                 line 36
                 line 37
                -line 38
                +38
                 line 39
                 line 40
                ```
                In words

                a, as a whole:
                Why at all?""");
    }

    @Test
    void noLineOfAHunkEndsItsQuotationAndLongOnesAreCut() {
        agents.with("new", "````\n" + "x".repeat(5000) + "\n" + "y\n".repeat(500));
        take();

        String text = commented(new NewComment("new", 0, null, "Too long"));

        assertThat(text)
                .startsWith(
                        "A comment on your changes in new:\n\nnew, from line 1:\n`````diff\n@@ -0,0 +1,502 @@\n+````\n")
                .endsWith("[442 more lines]\n`````\nToo long")
                .hasSizeLessThan(2000);
    }

    @Test
    void whatIsNotThereIsAConflictAndWhatCannotBeMeantIsInvalid() {
        NewComment any = new NewComment("a", 0, null, "x");
        assertThat(refusal(null, any)).isEqualTo(ProblemCode.CONFLICT);
        take();
        String revision = patches.read(task, () -> copy).revision();
        String first =
                patches.read(task, () -> copy).patches().get(0).hunks().get(0).id();
        agents.with("a", LINES.replace("line 3\n", "drei\n"));
        take();

        assertThat(refusal(revision, any)).isEqualTo(ProblemCode.CONFLICT);
        for (NewComment stale : List.of(
                new NewComment("a", null, first, "x"),
                new NewComment("a", 1, null, "x"),
                new NewComment("a", -1, null, "x"),
                new NewComment("gone", null, null, "x"),
                new NewComment("b/a", 0, null, "x"))) {
            assertThat(refusal(null, stale)).as("%s", stale).isEqualTo(ProblemCode.CONFLICT);
        }
        for (NewComment bad : List.of(
                new NewComment(null, 0, null, "x"),
                new NewComment("a", 0, null, null),
                new NewComment("a", 0, null, "\n"),
                new NewComment("a", 0, null, "x\0"),
                new NewComment("a", 0, null, "x".repeat(10_001)))) {
            assertThat(refusal(null, bad)).as("%s", bad).isEqualTo(ProblemCode.INVALID);
        }
        NewComment[] many = IntStream.range(0, 101).mapToObj(i -> any).toArray(NewComment[]::new);
        assertThat(refusal(null, many)).isEqualTo(ProblemCode.INVALID);
    }

    private void take() {
        patches.take(task, copy);
    }

    private String commented(NewComment... comments) {
        return patches.commented(task, () -> copy, List.of(comments), null);
    }

    private ProblemCode refusal(String revision, NewComment... comments) {
        return catchThrowableOfType(
                        ProblemException.class, () -> patches.commented(task, () -> copy, List.of(comments), revision))
                .code();
    }
}
