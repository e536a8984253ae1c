package dev.cockpitcoder.process;

import java.io.IOException;
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
 * @param sid the number of its terminal session
 * @param startTicks clock ticks after boot
 */
record ProcEntry(long pid, char state, long parent, long sid, long startTicks) {
    private static final Path PROC = Path.of("/proc");

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
        String stat;
        try {
            stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return Optional.empty();
        }
        // the program's name stands in parentheses and may hold spaces and parentheses itself
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Optional.of(new ProcEntry(
                pid,
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[19])));
    }

    boolean alive() {
        return state != 'Z' && state != 'X';
    }

    /** The same process, seen at another time. */
    boolean same(ProcEntry other) {
        return pid == other.pid && startTicks == other.startTicks;
    }

    /** Whether it was started with this variable. False when it may not be asked. */
    boolean startedWith(String name, String value) {
        try {
            String environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return ('\0' + environment).contains('\0' + name + '=' + value + '\0');
        } catch (IOException goneOrForeign) {
            return false;
        }
    }
}
