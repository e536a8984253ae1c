package dev.cockpitcoder.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What nohup(1) did to the server, taken back for what it starts: a program inherits which signals are ignored (execve(2)), and a
 * shell that ignores SIGHUP, with all it runs, does not hear that its terminal is closed.
 */
final class Hangup {
    private static final Logger LOG = Logger.getLogger(Hangup.class.getName());
    /** Of coreutils 8.31. */
    private static final List<String> RESET = List.of("/usr/bin/env", "--default-signal=HUP");

    private static final List<String> OF_THIS_SERVER = reset(status());

    private Hangup() {}

    /** Words to put before a command line: none where the server itself does not ignore it, or they do not work. */
    static List<String> reset() {
        return OF_THIS_SERVER;
    }

    /** @param status of the process that starts it: /proc/pid/status (proc(5)) */
    static List<String> reset(List<String> status) {
        boolean ignored = status.stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.replaceFirst("\\S+\\s+", ""), 16) & 1) != 0);
        boolean works = ignored
                && Isolation.works(
                        Stream.concat(RESET.stream(), Stream.of("true")).toList());
        return works ? RESET : List.of();
    }

    private static List<String> status() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status"));
        } catch (IOException e) {
            LOG.log(Level.FINE, "which signals are ignored cannot be read", e);
            return List.of();
        }
    }
}
