package dev.cockpitcoder.process;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a process tree is held together, so that all of it can be ended. */
public enum Isolation {
    /**
     * Inside {@code bwrap} with a process namespace of its own: nothing in it can outlive its first process, and it sees no
     * process outside. It also sets {@code no_new_privs}: set-user-id programs such as {@code sudo} gain nothing inside.
     */
    BUBBLEWRAP,
    /**
     * Found by its kinship, its terminal session and an environment variable that children inherit. A process that
     * daemonises <em>and</em> clears its environment gets away.
     */
    NONE;

    private static final Logger LOG = Logger.getLogger(Isolation.class.getName());
    /** Looked for once: else each start of a process would look through the {@code PATH}. */
    static final String WRAPPER =
            UserEnvironment.find("bwrap").map(Path::toString).orElse("bwrap");

    private static final List<String> WRAP =
            List.of(WRAPPER, "--dev-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "--die-with-parent");
    private static final int SET_USER_ID = 04000;
    private static final boolean COUNTS_TASKS = ownUserNamespaces();

    /**
     * What {@code wanted} means on this machine. Runs {@code bwrap} once; do not call it per process.
     *
     * @param wanted {@code auto}, {@code bubblewrap} or {@code none}
     * @throws IllegalArgumentException for anything else, and for {@code bubblewrap} where it does not work
     */
    public static Isolation of(String wanted) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "none" -> NONE;
            case "bubblewrap" -> {
                if (!bubblewrapWorks()) {
                    throw new IllegalArgumentException(
                            "bubblewrap does not work here: install it, or choose auto or none");
                }
                yield BUBBLEWRAP;
            }
            case "auto" -> {
                if (bubblewrapWorks()) {
                    yield BUBBLEWRAP;
                }
                LOG.warning(
                        "bubblewrap (bwrap) does not work here: a process that daemonises and clears its environment "
                                + "can outlive its terminal. Install bubblewrap for certainty.");
                yield NONE;
            }
            default -> throw new IllegalArgumentException("must be auto, bubblewrap or none, but is " + wanted);
        };
    }

    /** The beginning of a command line that puts what follows into this isolation; empty for {@link #NONE}. */
    List<String> prefix() {
        return this == NONE ? List.of() : WRAP;
    }

    /** Whether the kernel counts the processes of each tree by itself. */
    static boolean countsTasks() {
        return COUNTS_TASKS;
    }

    private static boolean ownUserNamespaces() {
        try {
            Optional<Path> wrapper = UserEnvironment.find("bwrap");
            // root needs no user namespace, and has no limit; a wrapper that is root for a moment makes none either
            return wrapper.isPresent()
                    && !Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
                    && ((int) Files.getAttribute(wrapper.get(), "unix:mode") & SET_USER_ID) == 0
                    && kernelIsAtLeast(5, 14);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.FINE, "bwrap cannot be looked at", e);
            return false;
        }
    }

    private static boolean kernelIsAtLeast(int major, int minor) {
        Matcher version = Pattern.compile("(\\d+)\\.(\\d+)").matcher(System.getProperty("os.version"));
        if (!version.lookingAt()) {
            return false;
        }
        int difference = Integer.parseInt(version.group(1)) - major;
        return difference > 0 || difference == 0 && Integer.parseInt(version.group(2)) >= minor;
    }

    /** Whether {@link Launch#confined} works here, which needs bubblewrap 0.5. Runs {@code bwrap} once; do not call it per process. */
    public static boolean confines() {
        Path root = FileSystems.getDefault().getRootDirectories().iterator().next();
        return works(
                Launch.confined(BUBBLEWRAP, List.of("true"), Map.of(), root, 1 << 16, List.of(), List.of(), List.of())
                        .argv());
    }

    private static boolean bubblewrapWorks() {
        List<String> probe = new ArrayList<>(WRAP);
        probe.addAll(List.of("--", "true"));
        return works(probe);
    }

    /** Whether this can be run, and succeeds. */
    static boolean works(List<String> probe) {
        try {
            Process process = new ProcessBuilder(probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            LOG.log(Level.FINE, "bwrap cannot be started", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
