package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that the run command has started, as its user sees it. */
public final class RunningServer implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Pattern LINK = Pattern.compile("^ +(http://\\S+/#pair=(\\S+))$", Pattern.MULTILINE);

    private final RunScript script;
    private final Process process;
    private final Path output;
    private final Cockpit cockpit;

    RunningServer(RunScript script, Process process, Path output) {
        this.script = script;
        this.process = process;
        this.output = output;
        cockpit = new Cockpit("http://127.0.0.1:" + script.port(), script.home());
    }

    /** The last line says how to stop it. */
    void awaitReady(Duration within) {
        Eventually.holds(
                () -> "the pairing link; printed:\n" + printed(),
                within,
                () -> printed().contains("Stop: Ctrl-C") || !process.isAlive());
        assertThat(process.isAlive()).as("run.sh runs; printed:\n%s", printed()).isTrue();
    }

    public Cockpit cockpit() {
        return cockpit;
    }

    /** Its data directory. */
    public Path home() {
        return script.home();
    }

    public int port() {
        return script.port();
    }

    public String printed() {
        return read(output);
    }

    public String pairingLink() {
        return link().group(1);
    }

    public String pairingCode() {
        return link().group(2);
    }

    /** Everything logged, of the start before too. */
    public String log() {
        Path log = script.home().resolve("log");
        try (Stream<Path> files = Files.list(log)) {
            return String.join("\n", files.map(RunningServer::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProcessHandle java() {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }

    /** Ctrl-C: the terminal tells the whole foreground group. */
    public void interrupt() {
        stop("INT", "-" + process.pid());
    }

    /** As a supervisor does it: only the process it started is told. */
    public void terminate() {
        stop("TERM", Long.toString(process.pid()));
    }

    private void stop(String signal, String to) {
        List<ProcessHandle> family = family();
        signal(signal, to);
        assertThat(awaitEnd(STOP)).as("exit code; printed:\n%s", printed()).isZero();
        awaitGone(family);
    }

    /** The kernel takes a moment to end a PID namespace, and init to bury orphans. */
    private static void awaitGone(List<ProcessHandle> family) {
        Eventually.holds(
                () -> "these end: "
                        + family.stream()
                                .filter(ProcessHandle::isAlive)
                                .map(ProcessHandle::info)
                                .toList(),
                Duration.ofSeconds(10),
                () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The server dies without a chance to tidy up; run.sh says so. */
    public void kill() {
        List<ProcessHandle> family = family();
        java().destroyForcibly();
        assertThat(awaitEnd(STOP)).as("exit code; printed:\n%s", printed()).isPositive();
        awaitGone(family);
    }

    /** Processes of any kinship whose arguments contain this. */
    public static List<ProcessHandle> processesNaming(String argument) {
        return ProcessHandle.allProcesses()
                .filter(each ->
                        Stream.of(each.info().arguments().orElse(new String[0])).anyMatch(argument::equals))
                .toList();
    }

    private List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    private int awaitEnd(Duration within) {
        try {
            assertThat(process.waitFor(within.toSeconds(), TimeUnit.SECONDS))
                    .as("run.sh ends within %s; printed:\n%s", within, printed())
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String signal, String to) {
        try {
            new ProcessBuilder("kill", "-" + signal, "--", to).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Matcher link() {
        Matcher link = LINK.matcher(printed());
        assertThat(link.find()).as("a pairing link in:\n%s", printed()).isTrue();
        return link;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        family().forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
