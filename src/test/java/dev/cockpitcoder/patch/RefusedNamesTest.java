package dev.cockpitcoder.patch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.patch.NewApply.SelectedFile;
import dev.cockpitcoder.patch.PatchesView.OfferedPatch;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Nothing an agent leaves, and nothing a client names, gets out of the tree or into a git directory, on any file system. */
class RefusedNamesTest {
    private final UUID task = UUID.randomUUID();

    @TempDir
    private Path directory;

    private Repo repo;
    private Engine engine;
    private WorkingCopy copy;
    private Repo agents;
    private Patches patches;

    @BeforeEach
    void make() throws IOException {
        repo = Repo.create(directory.toRealPath().resolve("app")).with("a", "a\n");
        Files.createSymbolicLink(repo.path().resolve("link"), Path.of("a"));
        repo.commit("first").with("untracked", "the user's\n");
        engine = Engine.in(directory.toRealPath());
        copy = engine.copy(repo);
        agents = new Repo(copy.files());
        patches = PatchRecords.patches(engine.branches());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".GIT/config",
                ".Git/hooks/post-checkout",
                "sub/.gIt/config",
                ".git./config",
                ".git /config",
                ".git. . /config",
                ".git::$INDEX_ALLOCATION/config",
                ".git:stream",
                ".git. :stream",
                "git~1/config",
                "GIT~1/config",
                "git~1. /config",
                ".g\u200cit/config",
                ".git\u200d/config",
                ".\u202eGIT\ufeff/config",
                "..\\x",
                "sub\\..\\..\\x",
                "C:\\x",
                "c:x"
            })
    void whatAnAgentLeavesUnderSuchANameIsNotAppliedOrNotOfferedAtAll(String name) {
        agents.with(name, "planted\n").with("a", "agent\n");
        patches.take(task, copy);
        String state = state();
        List<OfferedPatch> offered = patches.read(task, () -> copy).patches();

        for (OfferedPatch patch : offered) {
            if (!patch.file().equals("a")) {
                assertThat(patch.refusal()).as(patch.file()).isNotNull();
                assertThat(refusal(whole(patch.file())).code()).isEqualTo(ProblemCode.INVALID);
                assertThat(refusal(whole("a"), whole(patch.file())).code()).isEqualTo(ProblemCode.INVALID);
            }
        }
        assertThat(refusal(whole(name)).code()).isEqualTo(ProblemCode.INVALID);
        assertThat(state()).isEqualTo(state);

        apply(whole("a"));
        assertThat(repo.git("ls-tree", "-r", "--name-only", "main")).isEqualTo("a\nlink");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "../../etc/passwd",
                "/abs",
                "a/../../x",
                "./a",
                "a//b",
                "",
                ".git/hooks/x",
                ".GIT/config",
                "sub/.git/config",
                "\"\\056git/x\"",
                "\"..\\057x\""
            })
    void whatAClientNamesSoIsRefused(String name) {
        agents.with("a", "agent\n");
        patches.take(task, copy);
        String state = state();

        assertThat(refusal(whole(name)).code()).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(whole("a"), whole(name)).code()).isEqualTo(ProblemCode.INVALID);

        assertThat(state()).isEqualTo(state);
    }

    @Test
    void linksThatAreNewRetargetedOrRenamedAreRefused() throws IOException {
        Files.createSymbolicLink(copy.files().resolve("new"), Path.of("/etc/passwd"));
        Files.delete(copy.files().resolve("link"));
        Files.createSymbolicLink(copy.files().resolve("link"), Path.of("../outside"));
        patches.take(task, copy);
        String state = state();

        assertThat(patches.read(task, () -> copy).patches().stream().map(OfferedPatch::refusal))
                .containsExactly("it is a symbolic link", "it is a symbolic link");
        assertThat(refusal(whole("new")).code()).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal(whole("link")).code()).isEqualTo(ProblemCode.INVALID);

        Files.delete(copy.files().resolve("link"));
        Files.delete(copy.files().resolve("new"));
        Files.createSymbolicLink(copy.files().resolve("moved"), Path.of("a"));
        patches.take(task, copy);
        assertThat(refusal(whole("moved")).code()).isEqualTo(ProblemCode.INVALID);
        assertThat(state()).isEqualTo(state);
    }

    @Test
    void nothingIsWrittenThroughALinkThatBecomesADirectory() throws IOException {
        Files.delete(copy.files().resolve("link"));
        agents.with("link/x", "through\n");
        patches.take(task, copy);

        // which the link must give way to
        apply(whole("link/x"));

        assertThat(repo.path().resolve("link")).isDirectory();
        assertThat(repo.path().resolve("a")).hasContent("a");
        assertThat(repo.path().resolve("link/x")).hasContent("through");
    }

    @Test
    void nothingIsWrittenThroughALinkOfTheUser() throws IOException {
        agents.with("new/x", "agent\n");
        patches.take(task, copy);
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(repo.path().resolve("new"), outside);

        assertThat(refusal(whole("new/x")).code()).isEqualTo(ProblemCode.CONFLICT);

        assertThat(outside).isEmptyDirectory();
        assertThat(repo.path().resolve("new")).isSymbolicLink();
    }

    private void apply(SelectedFile... selected) {
        patches.apply(task, copy, "main", new NewApply(List.of(selected), "x", null, null), null, "me", told -> {});
    }

    private ProblemException refusal(SelectedFile... selected) {
        return catchThrowableOfType(ProblemException.class, () -> apply(selected));
    }

    private String state() {
        return repo.git("for-each-ref") + repo.git("status", "--porcelain") + repo.git("ls-files", "--stage");
    }

    private static SelectedFile whole(String file) {
        return new SelectedFile(file, null, null);
    }
}
