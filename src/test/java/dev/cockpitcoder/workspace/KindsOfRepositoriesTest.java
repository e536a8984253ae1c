package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole way, there and back, in repositories of every kind. */
class KindsOfRepositoriesTest {
    private static final String NAME = "printf 'd/caf\\351 \\377'";

    @TempDir
    private Path directory;

    private Path real;
    private Engine engine;

    @BeforeEach
    void make() throws IOException {
        real = directory.toRealPath();
        engine = Engine.in(real);
    }

    @Test
    void anEmptyOne() throws IOException {
        Repo repo = Repo.create(real.resolve("app"));
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("d/b", "agent\n");

        thereAndBack(repo, copy, "a\nd/b");

        assertThat(repo.git("for-each-ref")).isEmpty();
        assertThat(repo.path().resolve("a")).doesNotExist();
    }

    @Test
    void oneWithoutABranchThatIsCheckedOut() throws IOException {
        Repo repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
        repo.git("checkout", "--quiet", "--detach");
        repo.with("a", "the user's\n");
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n");

        Landing landing = engine.applyAll(copy);

        assertThat(repo.git("show", "main:a")).isEqualTo("agent");
        assertThat(repo.git("rev-parse", "HEAD")).isEqualTo(landing.before());
        assertThat(repo.path().resolve("a")).hasContent("the user's");
        assertThat(engine.branches().land(copy, engine.branches().undo(copy, landing, Engine.TEXT), Engine.TEXT))
                .isTrue();
        assertThat(repo.git("rev-parse", "main")).isEqualTo(landing.before());
    }

    @Test
    void aShallowClone() throws IOException {
        Repo origin = Repo.create(real.resolve("origin")).with("a", "a\n").commit("first");
        origin.with("a", "b\n").commit("second");
        Path path = real.resolve("app");
        origin.git("clone", "--quiet", "--depth=1", "file://" + origin.path(), path.toString());
        Repo repo = new Repo(path);
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n");

        thereAndBack(repo, copy, "a");
    }

    @Test
    void oneWithSubmodules() throws IOException {
        Repo library = Repo.create(real.resolve("library")).with("x", "x\n").commit("first");
        Repo repo = Repo.create(real.resolve("app")).with("a", "a\n");
        repo.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "--quiet",
                library.path().toString(),
                "sub");
        repo.commit("first");
        WorkingCopy copy = engine.copy(repo);
        assertThat(copy.files().resolve("sub")).isEmptyDirectory();
        new Repo(copy.files()).with("a", "agent\n").with("sub/y", "agent\n");
        Files.createDirectories(copy.files().resolve("d"));
        Files.writeString(copy.files().resolve("d/z"), "agent\n");

        thereAndBack(repo, copy, "a\nd/z");

        assertThat(repo.git("submodule", "status")).startsWith(library.git("rev-parse", "HEAD"));
        assertThat(repo.path().resolve("sub/x")).hasContent("x");
    }

    @Test
    void oneWhoseFilesGitConverts() throws IOException {
        Repo repo = Repo.create(real.resolve("app"));
        repo.git("config", "core.autocrlf", "true");
        repo.with(".gitattributes", "*.sh eol=lf\n*.bat eol=crlf\n*.bin binary\n")
                .with("a.txt", "one\r\ntwo\r\n")
                .with("a.sh", "one\ntwo\n")
                .with("a.bat", "one\r\ntwo\r\n")
                .with("a.bin", "one\r\ntwo\n")
                .commit("first");
        WorkingCopy copy = engine.copy(repo);
        assertThat(copy.files().resolve("a.txt")).hasBinaryContent("one\r\ntwo\r\n".getBytes(StandardCharsets.UTF_8));
        new Repo(copy.files())
                .with("a.txt", "one\r\n2\r\n")
                .with("a.sh", "one\n2\n")
                .with("a.bat", "one\r\n2\r\n")
                .with("a.bin", "one\r\n2\n");
        assertThat(copy.snapshot().changes()).hasSize(4);

        thereAndBack(repo, copy, "a.bat\na.bin\na.sh\na.txt");
    }

    @Test
    void oneWithNamesThatAreNoUtf8() throws Exception {
        Repo repo = Repo.create(real.resolve("app")).with("a", "a\n");
        shell(repo.path(), "mkdir d; printf 'old\\351\\n' > \"$(" + NAME + ")\"");
        repo.commit("first");
        WorkingCopy copy = engine.copy(repo);
        shell(copy.files(), "printf 'new\\377' > \"$(" + NAME + ")\"; mv a \"$(printf 'b\\200')\"");
        assertThat(copy.snapshot().changes().stream().map(FileChange::file))
                .containsExactly("\"b\\200\"", "\"d/caf\\351 \\377\"");

        Landing landing = engine.applyAll(copy);

        assertThat(shell(repo.path(), "od -An -c \"$(" + NAME + ")\"")).isEqualTo("n   e   w 377");
        assertThat(repo.git("status", "--porcelain")).isEmpty();
        engine.branches().land(copy, engine.branches().undo(copy, landing, Engine.TEXT), Engine.TEXT);
        assertThat(shell(repo.path(), "od -An -c \"$(" + NAME + ")\"")).isEqualTo("o   l   d 351  \\n");
        assertThat(repo.path().resolve("a")).hasContent("a");
    }

    @Test
    void oneOfSha256() throws IOException {
        Path path = Files.createDirectory(real.resolve("app"));
        Repo repo = new Repo(path);
        repo.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        repo.with("a", "a\n").commit("first");
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("a", "agent\n").with("b", "agent\n");

        thereAndBack(repo, copy, "a\nb");
    }

    /** Only their names: what changes is what costs. */
    @Test
    void oneOfFiftyThousandFiles() throws Exception {
        Repo repo = Repo.create(real.resolve("app"));
        StringBuilder stream = new StringBuilder(
                "blob\nmark :1\ndata 2\nx\n\ncommit refs/heads/main\ncommitter T <t@example.invalid> 0 +0000\ndata 1\nx\n");
        for (int i = 0; i < 50_000; i++) {
            stream.append("M 100644 :1 d")
                    .append(i % 250)
                    .append("/f")
                    .append(i)
                    .append('\n');
        }
        Path input = Files.writeString(real.resolve("stream"), stream);
        shell(repo.path(), "git fast-import --quiet < '" + input + "' && git symbolic-ref HEAD refs/heads/elsewhere");
        WorkingCopy copy = engine.copy(repo);
        new Repo(copy.files()).with("d3/f3", "agent\n").with("new", "agent\n");
        Files.delete(copy.files().resolve("d249/f49999"));

        PatchSet set = copy.snapshot();
        Landing landing = engine.apply(copy, set, Engine.all(set, any -> true));

        assertThat(set.changes().stream().map(change -> change.last().type() + " " + change.file()))
                .containsExactly("DELETED d249/f49999", "MODIFIED d3/f3", "ADDED new");
        assertThat(repo.git("diff", "--stat", landing.before(), landing.after()))
                .endsWith("3 files changed, 2 insertions(+), 2 deletions(-)");
        assertThat(repo.git("ls-tree", "-r", "--name-only", "main").lines()).hasSize(50_000);
    }

    @Test
    void changesOfMoreThanTenMebibytesAreOfferedFileByFile() throws IOException {
        Repo repo =
                Repo.create(real.resolve("app")).with("small", "a\n".repeat(20)).commit("first");
        WorkingCopy copy = engine.copy(repo);
        Repo agents = new Repo(copy.files()).with("small", "b\n" + "a\n".repeat(20) + "c\n");
        for (int i = 0; i < 12; i++) {
            agents.with("large" + i, ("line of " + i + "\n").repeat(100_000));
        }
        agents.with("huge", "0123456789abcde\n".repeat(700_000));

        PatchSet set = copy.snapshot();

        assertThat(set.changes()).hasSize(14);
        assertThat(set.changes().stream()
                        .filter(change -> change.hunks() > 0)
                        .map(FileChange::file)
                        .collect(Collectors.toList()))
                .isEqualTo(List.of("small"));
        thereAndBack(repo, copy, null);
        for (int i = 0; i < 9000; i++) {
            agents.with("many/" + i, "x\n".repeat(700));
        }
        PatchSet many = copy.snapshot();
        assertThat(many.changes()).hasSize(9014).allMatch(change -> change.hunks() == 0);
        engine.apply(copy, many, Engine.only(many, "many/8999"));
        assertThat(repo.path().resolve("many/8999")).hasContent("x\n".repeat(700));
    }

    /** @param changed the names of the files that differ; null to leave them unchecked */
    private void thereAndBack(Repo repo, WorkingCopy copy, String changed) throws IOException {
        String before = repo.git("ls-files", "--stage") + repo.git("status", "--porcelain");

        Landing landing = engine.applyAll(copy);

        assertThat(repo.git("status", "--porcelain")).isEmpty();
        assertThat(repo.git("rev-parse", "main")).isEqualTo(landing.after());
        if (changed != null) {
            assertThat(repo.git("show", "--format=", "--name-only", "main")).isEqualTo(changed);
        }
        for (String name : repo.git("show", "--format=", "--name-only", "main").split("\n")) {
            assertThat(repo.path().resolve(name))
                    .hasSameBinaryContentAs(copy.files().resolve(name));
        }
        assertThat(engine.branches().land(copy, engine.branches().undo(copy, landing, Engine.TEXT), Engine.TEXT))
                .isTrue();
        assertThat(repo.git("ls-files", "--stage") + repo.git("status", "--porcelain"))
                .isEqualTo(before);
    }

    private static String shell(Path directory, String script) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(output).isZero();
        return output.strip();
    }
}
