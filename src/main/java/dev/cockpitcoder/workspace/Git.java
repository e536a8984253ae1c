package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Spawner;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.InvalidSetting;

/**
 * Runs git, never in a user's git directory: always in a {@link PrivateGitDir}, whose configuration is the server's own. What is
 * switched off here is switched off a second time. Each run has a time limit and an output limit.
 */
final class Git {
    private static final Logger LOG = Logger.getLogger(Git.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Path NO_INPUT = Path.of("/dev/null");
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
            // a name that would be harmful elsewhere is a name to be shown
            "-c",
            "core.protectNTFS=false",
            "-c",
            "core.protectHFS=false",
            // shown as binary: a diff of it would take much memory
            "-c",
            "core.bigFileThreshold=8m",
            "--no-pager",
            "--no-optional-locks",
            "--literal-pathspecs");

    /**
     * @param command the first of its arguments that is no option
     * @param output what git wrote, a character a byte; see {@link ByteText}
     * @param truncated whether it wrote more than was wanted; it was ended then, and {@code exitCode} is 0
     */
    record Answer(String command, int exitCode, String output, boolean truncated) {
        /** @throws ProblemException UNAVAILABLE when git failed; the log says which command, for who has to see why */
        Answer require() {
            if (exitCode != 0) {
                LOG.warning(() -> "git " + command + " exited with " + exitCode);
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "git failed: the disk is full, or this repository cannot be read. Run git status there to see why.");
            }
            return this;
        }
    }

    private final List<String> program;
    private final Duration timeout;

    Git(Path program) {
        this(program, TIMEOUT);
    }

    /** @param timeout of each run */
    Git(Path program, Duration timeout) {
        this(List.of(program.toString()), timeout);
    }

    private Git(List<String> program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /** One that leaves the processors to those who wait for an answer. */
    Git gently() {
        return UserEnvironment.find("nice")
                .map(nice -> new Git(
                        Stream.concat(Stream.of(nice.toString(), "-n", "5"), program.stream())
                                .toList(),
                        timeout))
                .orElse(this);
    }

    static Path onPath() {
        return UserEnvironment.find("git")
                .orElseThrow(
                        () -> new InvalidSetting("GIT_PROGRAM", "is not set, and there is no git in the usual places"));
    }

    /**
     * @param variables {@code GIT_…}, for this run
     * @throws ProblemException UNAVAILABLE when git cannot be run or does not answer in time
     */
    Answer run(Path directory, Map<String, String> variables, int maxBytes, String... arguments) {
        return run(directory, variables, NO_INPUT, maxBytes, arguments);
    }

    /** @param input the file git reads as its standard input */
    Answer run(Path directory, Map<String, String> variables, Path input, int maxBytes, String... arguments) {
        List<String> argv = new ArrayList<>(program);
        argv.addAll(HARDENED);
        argv.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment()
                .putAll(Map.of(
                        "PATH", UserEnvironment.PATH,
                        "LC_ALL", "C.UTF-8",
                        "HOME", "/nonexistent",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_ATTR_NOSYSTEM", "1",
                        "GIT_TERMINAL_PROMPT", "0"));
        try {
            return answer(Spawner.start(builder), command(arguments), maxBytes);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "git cannot be run on the server.", e);
        }
    }

    /** Settings have an equals sign, and options a dash. */
    private static String command(String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> !argument.startsWith("-") && !argument.contains("="))
                .findFirst()
                .orElse("");
    }

    private Answer answer(Process git, String command, int maxBytes) throws IOException {
        CompletableFuture<Boolean> late = git.onExit()
                .thenApply(ended -> false)
                .completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS);
        // by its handle: the process itself would close what is being read
        late.thenAccept(isLate -> {
            if (isLate) {
                git.descendants().forEach(ProcessHandle::destroyForcibly);
                git.toHandle().destroyForcibly();
            }
        });
        try (InputStream output = git.getInputStream()) {
            byte[] bytes = output.readNBytes(maxBytes);
            boolean truncated = bytes.length == maxBytes && output.read() >= 0;
            if (truncated) {
                git.toHandle().destroyForcibly();
            }
            int exitCode = git.waitFor();
            if (late.join()) {
                throw new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "git took longer than " + timeout.toSeconds() + " seconds in this repository.");
            }
            return new Answer(
                    command, truncated ? 0 : exitCode, new String(bytes, StandardCharsets.ISO_8859_1), truncated);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The server is stopping.", e);
        } finally {
            git.destroyForcibly();
        }
    }
}
