package dev.cockpitcoder.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One process as {@code /proc/<pid>/stat} tells it (proc(5)). The start time tells a process from a later one with its number.
 *
 * @param name of its program, at most 15 bytes
 * @param group the number of its process group
 * @param sid the number of its terminal session
 * @param foreground the number of the process group in the foreground of its terminal; -1 when it has none
 * @param startTicks clock ticks after boot
 */
record ProcEntry(
        long pid,
        String name,
        char state,
        long parent,
        long group,
        long sid,
        long foreground,
        int threads,
        long startTicks) {
    private static final Path PROC = Path.of("/proc");
    private static final int STAT_BYTES = 1024;

    /** What no other process has, or will have until the machine starts again. */
    record Identity(long pid, long startTicks) {}

    /** Every living process this user may see; without those that died and wait for their parent. */
    static List<ProcEntry> living() throws IOException {
        List<ProcEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                of(Long.parseLong(directory.getFileName().toString()))
                        .filter(ProcEntry::alive)
                        .ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** Empty when there is no such process (any more). */
    static Optional<ProcEntry> of(long pid) {
        byte[] stat = new byte[STAT_BYTES];
        int length;
        try (InputStream file = new FileInputStream(PROC.resolve(pid + "/stat").toFile())) {
            length = file.read(stat);
        } catch (IOException gone) {
            return Optional.empty();
        }
        return length <= 0
                ? Optional.empty()
                : Optional.of(parse(pid, new String(stat, 0, length, StandardCharsets.ISO_8859_1)));
    }

    private static ProcEntry parse(long pid, String stat) {
        // the program's name stands in parentheses and may hold spaces and parentheses itself
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ");
        return new ProcEntry(
                pid,
                stat.substring(stat.indexOf('(') + 1, end),
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[5]),
                Integer.parseInt(fields[17]),
                Long.parseLong(fields[19]));
    }

    boolean alive() {
        return state != 'Z' && state != 'X';
    }

    /** The same process, seen at another time. */
    boolean same(ProcEntry other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    Identity identity() {
        return new Identity(pid, startTicks);
    }

    /** The value of a variable of the environment it was started with. Empty when there is none, or it may not be asked. */
    Optional<String> startedWith(String name) {
        String environment;
        try {
            environment = '\0' + Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrForeign) {
            return Optional.empty();
        }
        String before = '\0' + name + '=';
        int at = environment.indexOf(before);
        int from = at + before.length();
        int to = environment.indexOf('\0', from);
        return at < 0 || to < 0 ? Optional.empty() : Optional.of(environment.substring(from, to));
    }
}
