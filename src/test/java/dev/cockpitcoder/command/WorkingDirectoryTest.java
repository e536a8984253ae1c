package dev.cockpitcoder.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class WorkingDirectoryTest {
    @TempDir
    private Path directory;

    private Path repository;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(directory.toRealPath().resolve("app"));
        Files.createDirectories(repository.resolve("src/deep"));
        Files.writeString(repository.resolve("file"), "");
        Files.createDirectories(directory.resolve("app-evil/x"));
        Files.createSymbolicLink(repository.resolve("out"), directory.resolve("app-evil"));
        Files.createSymbolicLink(repository.resolve("in"), repository.resolve("src"));
        Files.createSymbolicLink(repository.resolve("loop"), repository.resolve("loop"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {".", "src/..", "in/.."})
    void theRepositoryItself(String cwd) {
        assertThat(WorkingDirectory.require(repository, cwd)).isEqualTo(repository);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src", "src/", "./src", "in", "src/deep/.."})
    void directoriesInside(String cwd) {
        assertThat(WorkingDirectory.require(repository, cwd)).isEqualTo(repository.resolve("src"));
    }

    @Test
    void absolutePathsInside() {
        assertThat(WorkingDirectory.require(repository, repository + "/in")).isEqualTo(repository.resolve("src"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, FORBIDDEN", "/etc, FORBIDDEN", ".., FORBIDDEN", "src/../.., FORBIDDEN", "../app-evil, FORBIDDEN",
        "out, FORBIDDEN", "out/x, FORBIDDEN", "out/missing, FORBIDDEN", "/no/such/directory, FORBIDDEN",
                "../missing, FORBIDDEN",
        "missing, NOT_FOUND", "src/missing/deeper, NOT_FOUND", "file, INVALID", "loop, FORBIDDEN",
                "out/../missing, FORBIDDEN"
    })
    void anythingElseIsRefused(String cwd, ProblemCode code) {
        assertThat(refusal(cwd)).isEqualTo(code);
    }

    @Test
    void siblingsWithTheSameBeginningAreOutside() {
        assertThat(refusal(repository + "-evil")).isEqualTo(ProblemCode.FORBIDDEN);
        assertThat(refusal(repository + "-missing")).isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void whatIsNoPathIsInvalid() {
        assertThat(refusal("a\0b")).isEqualTo(ProblemCode.INVALID);
        assertThat(refusal("x".repeat(5000))).isEqualTo(ProblemCode.INVALID);
    }

    private ProblemCode refusal(String cwd) {
        return catchThrowableOfType(ProblemException.class, () -> WorkingDirectory.require(repository, cwd))
                .code();
    }
}
