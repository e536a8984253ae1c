package dev.cockpitcoder.agent;

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

import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HomeFilesTest {
    @TempDir
    private Path directory;

    private Path user;
    private Path home;

    @BeforeEach
    void make() throws IOException {
        user = Files.createDirectory(directory.resolve("user"));
        home = Files.createDirectory(directory.resolve("home"));
        write(".agent/auth.json", "{\"refresh_token\": \"of-the-user-1\", \"mode\": \"not-a-secret-value\"}");
        write(".agent/more/deep", "deep");
        write(".other", "not named");
    }

    @Test
    void whatIsNamedIsCopiedAndNothingElse() throws IOException {
        files(".agent", ".not-there").copyTo(home);

        assertThat(home.resolve(".agent/auth.json")).hasSameTextualContentAs(user.resolve(".agent/auth.json"));
        assertThat(home.resolve(".agent/more/deep")).hasContent("deep");
        assertThat(home.resolve(".other")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".agent/auth.json"))))
                .isEqualTo("rw-------");
    }

    @Test
    void whatTheAgentChangedStaysUntilTheUserChangesItAgain() throws IOException {
        Path copy = home.resolve(".agent/auth.json");
        files(".agent").copyTo(home);
        Files.writeString(copy, "renewed");
        files(".agent").copyTo(home);
        assertThat(copy).hasContent("renewed");

        Path own = write(".agent/auth.json", "logged in again");
        Files.setLastModifiedTime(own, FileTime.from(Instant.now().plusSeconds(60)));
        files(".agent").copyTo(home);

        assertThat(copy).hasContent("logged in again");
    }

    @Test
    void nothingIsWrittenThroughLinksThatTheAgentLeft() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(home.resolve(".agent"), outside);
        files(".agent").copyTo(home);
        assertThat(outside).isEmptyDirectory();
        assertThat(home.resolve(".agent/auth.json")).exists();

        Path target = Files.writeString(outside.resolve("file"), "untouched");
        Files.delete(home.resolve(".agent/auth.json"));
        Files.createSymbolicLink(home.resolve(".agent/auth.json"), target);
        files(".agent").copyTo(home);

        assertThat(target).hasContent("untouched");
        assertThat(home.resolve(".agent/auth.json")).isRegularFile().content().contains("of-the-user-1");
    }

    @Test
    void whatLooksLikeASecretInThemIsOne() throws IOException {
        write(".agent/config.toml", "model = \"a-model-of-theirs\"\napi_key = 'key-in-a-toml-file'\n");
        write(".agent/.env", "MY_TOKEN=token-of-variables\n");

        assertThat(files(".agent").secrets())
                .containsExactlyInAnyOrder("of-the-user-1", "key-in-a-toml-file", "token-of-variables");
    }

    @Test
    void aWholeHomeIsTooMuch() throws IOException {
        for (int i = 0; i <= HomeFiles.MAX_FILES; i++) {
            write("many/" + i, "x");
        }

        assertThatThrownBy(() -> files("many").copyTo(home))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("homeFiles");
    }

    private HomeFiles files(String... names) {
        return new HomeFiles(user, List.of(names));
    }

    private Path write(String name, String text) throws IOException {
        Path file = user.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
