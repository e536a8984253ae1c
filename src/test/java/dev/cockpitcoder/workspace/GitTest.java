package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** With programs in the place of git that behave badly. */
class GitTest {
    private static final int MAX_BYTES = 1000;

    @TempDir
    Path temp;

    @Test
    void aGitThatTakesTooLongIsEndedWithItsChildren() throws IOException {
        Git slow = git("sleep 600", Duration.ofMillis(300));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> slow.run(temp, Map.of(), MAX_BYTES))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE))
                .withMessageContaining("took longer"));
    }

    @Test
    void outputBeyondTheLimitIsNotWaitedFor() throws IOException {
        Git endless = git("exec yes", Duration.ofMinutes(10));

        Git.Answer answer =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> endless.run(temp, Map.of(), MAX_BYTES));

        assertThat(answer.truncated()).isTrue();
        assertThat(answer.output()).hasSize(MAX_BYTES);
    }

    @Test
    void theEnvironmentIsBuilt() throws IOException {
        Git.Answer answer =
                git("env", Duration.ofSeconds(10)).run(temp, Map.of("GIT_DIR", "/x", "HOME", "/y"), MAX_BYTES);

        assertThat(answer.output().lines().map(line -> line.replaceFirst("=.*", "")))
                .contains("GIT_DIR", "GIT_CONFIG_NOSYSTEM")
                .doesNotContain("USER", "JAVA_HOME", "SSH_AUTH_SOCK");
        assertThat(answer.output()).contains("HOME=/nonexistent\n");
    }

    private Git git(String does, Duration timeout) throws IOException {
        Path program = Files.writeString(temp.resolve("git"), "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Git(program, timeout);
    }
}
