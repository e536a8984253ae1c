package dev.cockpitcoder.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * Files of the user's that a confined agent finds in its own HOME: its settings, and what it logs in with. They are copied there
 * before each run, and never back: what an agent writes must not decide what the user's own programs do.
 *
 * @param from where they are
 * @param names of files and directories below it; what is not there is left out
 */
record HomeFiles(Path from, List<String> names) {
    static final int MAX_FILES = 1000;
    private static final int MAX_BYTES = 32 << 20;
    private static final int MAX_READ_BYTES = 256 << 10;
    private static final int SHORTEST_SECRET = 12;
    /** A name and a value as JSON, TOML, YAML, and lists of variables have them. */
    private static final Pattern MEMBER =
            Pattern.compile("([A-Za-z0-9_.-]+)[\"']?\\s*[:=]\\s*[\"']?([^\\s\"',]{" + SHORTEST_SECRET + ",})");

    HomeFiles {
        names = List.copyOf(names);
    }

    static HomeFiles none() {
        return new HomeFiles(Path.of(""), List.of());
    }

    /**
     * What is newer than the copy is copied; what the agent itself has changed since, such as a token it has renewed, stays.
     *
     * @param home nobody else writes there meanwhile
     * @throws ProblemException CONFLICT when there is too much
     */
    void copyTo(Path home) {
        try {
            for (Path file : files()) {
                Path target = home.resolve(from.relativize(file));
                makeDirectories(home, target.getParent());
                if (isOlder(target, file)) {
                    Files.deleteIfExists(target);
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The agent's home cannot be made", e);
        }
    }

    /** The values in those files whose names say that they are secret. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        try {
            for (Path file : files()) {
                if (Files.size(file) <= MAX_READ_BYTES) {
                    Matcher member = MEMBER.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                    while (member.find()) {
                        if (Redaction.isSecret(member.group(1))) {
                            secrets.add(member.group(2));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An agent's settings cannot be read", e);
        }
        return secrets;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        for (String name : names) {
            try (Stream<Path> below = walk(from.resolve(name))) {
                for (Path file :
                        below.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList()) {
                    files.add(file);
                    bytes += Files.size(file);
                }
            }
        }
        if (files.size() > MAX_FILES || bytes > MAX_BYTES) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "The agent's homeFiles are more than " + MAX_FILES + " files or " + (MAX_BYTES >> 20)
                            + " MiB: name fewer of them in AGENTS_FILE.");
        }
        return files;
    }

    private static Stream<Path> walk(Path start) throws IOException {
        return Files.exists(start) ? Files.walk(start) : Stream.empty();
    }

    /** The agent may have put links where directories were: nothing is written through them. */
    private static void makeDirectories(Path home, Path directory) throws IOException {
        Path at = home;
        for (Path name : home.relativize(directory)) {
            at = at.resolve(name.toString());
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS) && !at.equals(home)) {
                Files.deleteIfExists(at);
                Files.createDirectory(at);
            }
        }
    }

    private static boolean isOlder(Path target, Path file) throws IOException {
        return !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                || Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(file)) < 0;
    }
}
