package dev.cockpitcoder.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.cockpitcoder.process.UserEnvironment;

/** Where agents, and the programs they use, are looked for: {@code AGENT_PATH}, or the server's own {@code PATH}. */
record ProgramPath(List<Path> directories) {
    /** What agents get as {@code PATH} in any case. */
    static final ProgramPath SYSTEM = of("");

    private static final String MODULES = "node_modules";

    ProgramPath {
        directories = List.copyOf(directories);
    }

    static ProgramPath of(String path) {
        return new ProgramPath(Stream.concat(
                        Arrays.stream(path.split(File.pathSeparator)),
                        Arrays.stream(UserEnvironment.PATH.split(File.pathSeparator)))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory).normalize())
                .distinct()
                .toList());
    }

    /** An absolute path is itself. */
    Optional<Path> find(String program) {
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** As a value of {@code PATH}. */
    String text() {
        return directories.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * What a program needs to be seen when the directories around it look empty: the one it is in, with what stands beside it, and
     * where a link leads, with the modules it is one of. No directory that holds one of the hidden ones.
     */
    static List<Path> installation(Path program, List<Path> hidden) {
        Path real;
        try {
            real = program.toRealPath();
        } catch (IOException e) {
            // it is gone: its start will say so
            return List.of();
        }
        return Stream.of(program, real)
                .map(file -> directoryOrFile(file, hidden))
                .distinct()
                .toList();
    }

    /** A link is not shown beside its directory: bubblewrap would follow it to where nothing is yet. */
    private static Path directoryOrFile(Path file, List<Path> hidden) {
        Path directory = modules(file).orElse(file.getParent());
        boolean tooMuch = hidden.stream().anyMatch(other -> other.startsWith(directory));
        return tooMuch ? file : directory;
    }

    /** The outermost: dependencies may be beside any. */
    private static Optional<Path> modules(Path file) {
        Path found = null;
        for (Path at = file; at != null; at = at.getParent()) {
            if (at.endsWith(MODULES)) {
                found = at;
            }
        }
        return Optional.ofNullable(found);
    }
}
