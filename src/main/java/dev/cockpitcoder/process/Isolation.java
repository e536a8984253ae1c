package dev.cockpitcoder.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

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
    private static final List<String> WRAP =
            List.of("bwrap", "--dev-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "--die-with-parent");

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

    private static boolean bubblewrapWorks() {
        List<String> probe = new ArrayList<>(WRAP);
        probe.addAll(List.of("--", "true"));
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
