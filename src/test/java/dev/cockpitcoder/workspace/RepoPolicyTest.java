package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RepoPolicyTest {
    @TempDir
    Path temp;

    private Path root;
    private Repo app;

    @BeforeEach
    void makeRepositories() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("srv"));
        app = Repo.create(root.resolve("app"));
    }

    @Test
    void aListedRepositoryIsAllowedAndItsRealPathGiven() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), app.path());

        assertThat(policy(app.path()).require(app.path().toString())).isEqualTo(app.path());
        assertThat(policy(app.path()).require(app.path() + "/.")).isEqualTo(app.path());
        assertThat(policy(root).require(link.toString())).isEqualTo(app.path());
    }

    @Test
    void whatIsBelowAListedDirectoryIsAllowed() {
        assertThat(policy(root).require(app.path().toString())).isEqualTo(app.path());
    }

    @Test
    void anEmptyListAllowsNothing() {
        assertThat(refusal(policy(), app.path().toString())).isEqualTo(ProblemCode.REPO_NOT_ALLOWED);
    }

    @Test
    void nothingElseIsAllowedWhetherItExistsOrNot() throws IOException {
        Repo evil = Repo.create(root.resolve("app-evil"));
        Path out = Files.createSymbolicLink(app.path().resolve("out"), evil.path());

        RepoPolicy policy = policy(app.path());
        for (String path : List.of(
                evil.path().toString(),
                app.path() + "/..",
                app.path() + "/../app-evil",
                out.toString(),
                "/",
                "/etc",
                "/nowhere",
                temp + "/nowhere")) {
            assertThat(refusal(policy, path)).as(path).isEqualTo(ProblemCode.REPO_NOT_ALLOWED);
        }
    }

    @Test
    void whatIsNoAbsolutePathIsInvalid() {
        for (String path : new String[] {"", "app", "./app", "~", "\0", "/a\0b", "/" + "x".repeat(5000), null}) {
            assertThat(refusal(policy(root), path)).isEqualTo(ProblemCode.INVALID);
        }
    }

    @Test
    void aDirectoryThatIsNoRepositoryOfItsOwnIsInvalid() throws IOException {
        Files.createDirectory(root.resolve("plain"));
        Files.createDirectory(app.path().resolve("below"));
        Path gitFile = Files.createDirectory(root.resolve("gitfile"));
        Files.writeString(gitFile.resolve(".git"), "gitdir: /etc");
        Path gitLink = Files.createDirectory(root.resolve("gitlink"));
        Files.createSymbolicLink(gitLink.resolve(".git"), app.path().resolve(".git"));
        Repo borrowing = Repo.create(root.resolve("borrowing")).with(".git/objects/info/alternates", "/etc\n");

        for (Path path :
                List.of(root, root.resolve("plain"), app.path().resolve("below"), gitFile, gitLink, borrowing.path())) {
            assertThat(refusal(policy(root), path.toString())).as("%s", path).isEqualTo(ProblemCode.INVALID);
        }
    }

    private static RepoPolicy policy(Path... roots) {
        return new RepoPolicy(new WorkspaceConfig(List.of(roots), Git.onPath()));
    }

    private static ProblemCode refusal(RepoPolicy policy, String path) {
        return catchThrowableOfType(ProblemException.class, () -> policy.require(path))
                .code();
    }
}
