package dev.cockpitcoder.workspace;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.InvalidSetting;

/**
 * Runs git in a repository so that nothing the repository configures is executed: no hooks, no fsmonitor, no pager, no external
 * protocol, a built environment. Queries only; each has a time limit and an output limit.
 */
final class Git {
    private static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final int TIMEOUT_SECONDS = 10;
    private static final List<String> HARDENED = List.of(
            "-c",
            "core.fsmonitor=false",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.pager=cat",
            "-c",
            "protocol.allow=never",
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
            "-c",
            "submodule.recurse=false",
            "--no-pager",
            "--no-optional-locks");

    record Answer(int exitCode, String output) {}

    private final Path program;

    Git(Path program) {
        this.program = program;
    }

    static Path onPath() {
        return UserEnvironment.find("git")
                .orElseThrow(
                        () -> new InvalidSetting("GIT_PROGRAM", "is not set, and there is no git in the usual places"));
    }

    /** @throws ProblemException UNAVAILABLE when git cannot be run or does not answer in time */
    Answer run(Path repository, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(HARDENED);
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(repository.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", UserEnvironment.PATH,
                        "LC_ALL", "C.UTF-8",
                        "HOME", "/nonexistent",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_TERMINAL_PROMPT", "0",
                        "GIT_CEILING_DIRECTORIES", String.valueOf(repository.getParent())));
        try {
            return answer(builder.start());
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "git cannot be run on the server.", e);
        }
    }

    private static Answer answer(Process git) throws IOException {
        try (var output = git.getInputStream()) {
            git.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).exceptionally(timeout -> git.destroyForcibly());
            byte[] bytes = output.readNBytes(MAX_OUTPUT_BYTES);
            return new Answer(git.waitFor(), new String(bytes, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.", e);
        } finally {
            git.destroyForcibly();
        }
    }
}
