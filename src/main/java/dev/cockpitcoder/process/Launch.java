package dev.cockpitcoder.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A command made ready to be started as a tree that can be ended: start {@link #argv()} with exactly {@link #environment()}
 * in {@link #directory()}, then say {@link #startedAs(long)}.
 *
 * <p>Under {@link Isolation#BUBBLEWRAP} the tree dies with the <em>thread</em> that forked it ({@code PR_SET_PDEATHSIG}):
 * start it from a thread that outlives it. pty4j does so by itself.
 *
 * @param mark the value of {@link #MARK} in the environment of every process of this tree, and of no other
 */
public record Launch(
        List<String> argv, Map<String, String> environment, Path directory, Isolation isolation, String mark) {
    /** The environment variable that says which tree a process belongs to. */
    public static final String MARK = "COCKPIT_TREE";

    private static final Optional<Path> SETSID = UserEnvironment.find("setsid");
    private static final Optional<Path> PRLIMIT = UserEnvironment.find("prlimit");
    private static final String END_OF_OPTIONS = "--";
    private static final Path TMP = Path.of("/tmp");
    private static final File NO_INPUT = new File("/dev/null");

    public Launch {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /**
     * @param hidden directories that look empty from inside, where the isolation can do that; each must exist
     * @param shown files below those that are there all the same, read-only
     */
    public static Launch of(
            Isolation isolation,
            List<String> argv,
            Map<String, String> environment,
            Path directory,
            List<Path> hidden,
            List<Path> shown) {
        String mark = UUID.randomUUID().toString();
        Map<String, String> marked = new LinkedHashMap<>(environment);
        marked.put(MARK, mark);
        List<String> wrapped = new ArrayList<>(isolation.prefix());
        if (isolation == Isolation.BUBBLEWRAP) {
            for (Path path : hidden) {
                wrapped.addAll(List.of("--tmpfs", path.toString()));
                if (directory.startsWith(path)) {
                    wrapped.addAll(List.of("--dev-bind", directory.toString(), directory.toString()));
                }
            }
            for (Path path : shown) {
                wrapped.addAll(List.of("--ro-bind", path.toString(), path.toString()));
            }
            wrapped.addAll(List.of("--chdir", directory.toString(), END_OF_OPTIONS));
        }
        wrapped.addAll(Hangup.reset());
        wrapped.addAll(argv);
        return new Launch(wrapped, marked, directory, isolation, mark);
    }

    /**
     * For a program that is not trusted: under {@link Isolation#BUBBLEWRAP} it sees the file system read-only, a {@code /tmp} and
     * devices of its own, and may write where it is told to and nowhere else. It has no capabilities, also where the server is
     * root: with them it could mount the file system again, writable. The network is the server's. Without bubblewrap it is
     * confined by nothing.
     *
     * @param tmpBytes what {@code /tmp} and {@code /dev/shm}, which are memory, hold at most, each
     * @param writable directories; each must exist
     * @param hidden directories that look empty from inside; those that do not exist are left out
     * @param shown files and directories below hidden ones, and below {@code /tmp}, that are there all the same, read-only
     */
    public static Launch confined(
            Isolation isolation,
            List<String> argv,
            Map<String, String> environment,
            Path directory,
            long tmpBytes,
            List<Path> writable,
            List<Path> hidden,
            List<Path> shown) {
        if (isolation == Isolation.NONE) {
            return of(isolation, argv, environment, directory, List.of(), List.of())
                    .detached();
        }
        String mark = UUID.randomUUID().toString();
        Map<String, String> marked = new LinkedHashMap<>(environment);
        marked.put(MARK, mark);
        List<String> wrapped =
                new ArrayList<>(List.of(Isolation.WRAPPER, "--new-session", "--die-with-parent", "--unshare-pid"));
        wrapped.addAll(List.of("--unshare-ipc", "--cap-drop", "ALL"));
        wrapped.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
        for (String memory : List.of("/tmp", "/dev/shm")) {
            wrapped.addAll(List.of("--size", Long.toString(tmpBytes), "--tmpfs", memory));
        }
        List<String> empty = hidden.stream()
                .filter(path -> Files.isDirectory(path) && !path.equals(TMP))
                .map(Path::toString)
                .toList();
        empty.forEach(path -> wrapped.addAll(List.of("--tmpfs", path)));
        shown.forEach(path -> wrapped.addAll(List.of("--ro-bind", path.toString(), path.toString())));
        writable.forEach(path -> wrapped.addAll(List.of("--bind", path.toString(), path.toString())));
        // when there are directories for what is mounted in them
        wrapped.addAll(List.of("--remount-ro", "/dev"));
        empty.forEach(path -> wrapped.addAll(List.of("--remount-ro", path)));
        wrapped.addAll(List.of("--chdir", directory.toString(), END_OF_OPTIONS));
        wrapped.addAll(Hangup.reset());
        wrapped.addAll(argv);
        return new Launch(wrapped, marked, directory, isolation, mark);
    }

    /**
     * The same in a terminal session of its own, without a controlling terminal: for what is not started on a PTY. Else it could
     * ask at, and type into, the terminal the server was started from. Needs setsid(1) where there is no bubblewrap.
     */
    public Launch detached() {
        List<String> detached = new ArrayList<>(argv);
        if (isolation == Isolation.BUBBLEWRAP) {
            // one program less to start than with setsid(1)
            detached.add(1, "--new-session");
        } else {
            SETSID.ifPresent(setsid -> detached.add(0, setsid.toString()));
        }
        return new Launch(detached, environment, directory, isolation, mark);
    }

    /**
     * The same with at most so many processes and threads at once, 0 for any number: beyond them fork(2) fails. Only where
     * the kernel can count them for each tree: under {@link Isolation#BUBBLEWRAP} for a server that is not root, whose
     * trees then have user namespaces of their own, with Linux 5.14 or later.
     */
    public Launch capped(int tasks) {
        if (tasks == 0 || isolation != Isolation.BUBBLEWRAP || PRLIMIT.isEmpty() || !Isolation.countsTasks()) {
            return this;
        }
        List<String> capped = new ArrayList<>(argv);
        capped.addAll(
                argv.indexOf(END_OF_OPTIONS) + 1,
                List.of(PRLIMIT.get().toString(), "--nproc=" + tasks + ":" + tasks, END_OF_OPTIONS));
        return new Launch(capped, environment, directory, isolation, mark);
    }

    /**
     * The same with a mark that is known before and afterwards, also to a server that comes after this one: see
     * {@link LeftTree}.
     *
     * @param known of no other tree at the same time
     */
    public Launch marked(String known) {
        Map<String, String> marked = new LinkedHashMap<>(environment);
        marked.put(MARK, known);
        return new Launch(argv, marked, directory, isolation, known);
    }

    /** Ready to be started: exactly this argv, environment and directory; no input, output and errors on pipes of their own. */
    public ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(NO_INPUT));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** @param pid the process that was started with this launch */
    public ProcessTree startedAs(long pid) {
        return new ProcessTree(pid, this);
    }
}
