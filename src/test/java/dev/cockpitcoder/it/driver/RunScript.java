package dev.cockpitcoder.it.driver;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** The run command, in an environment of its own: a fresh data directory, a free port, and nothing of the tests' variables. */
public final class RunScript {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    /** How the command ended, and what it printed. */
    public record Ended(int code, String output, String errors) {}

    /** @param directory everything the server writes is in there */
    public RunScript(Path directory) {
        this.directory = directory;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LANG", "C.UTF-8");
        environment.put("HOME", directory.toString());
        environment.put("COCKPIT_HOME", directory.resolve("data").toString());
        environment.put("PORT", Integer.toString(freePort()));
    }

    public RunScript with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    public Path home() {
        return Path.of(environment.get("COCKPIT_HOME"));
    }

    public int port() {
        return Integer.parseInt(environment.get("PORT"));
    }

    /** Runs it to its end. */
    public Ended run(String... arguments) {
        Path output = printed("output");
        Path errors = printed("errors");
        Process process = start(output, errors, arguments);
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("run.sh ends by itself")
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Runs it until the server is up. */
    public RunningServer serve() {
        Path output = printed("output");
        RunningServer server = new RunningServer(this, start(output, output), output);
        try {
            server.awaitReady(PATIENCE);
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** In a process group of its own, as a terminal does it, and with Ctrl-C as it was before somebody ran the tests in the background. */
    private Process start(Path output, Path errors, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("env", "--default-signal=INT", "setsid", System.getProperty("it.runScript")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        if (output.equals(errors)) {
            builder.redirectErrorStream(true);
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path printed(String what) {
        try {
            return Files.createTempFile(directory, "printed-", "." + what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
