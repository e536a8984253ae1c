package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * A git directory of the server's own for a look at a user's working tree (gitrepository-layout(5)): HEAD and index are copied,
 * refs and ignore rules are linked, objects are borrowed. Of the repository's configuration only {@link SafeConfig} is in it, so
 * that nothing there names a program, and what git writes goes here. The caller closes it, which deletes it.
 *
 * <p>It belongs below the data directory: where a sandboxed process could change it, that process could run programs outside.
 */
final class PrivateGitDir implements AutoCloseable {
    private static final String NAME = "look-";
    private static final long MAX_INDEX_BYTES = 256L << 20;
    private static final long MAX_HEAD_BYTES = 4 << 10;
    private static final List<String> LINKED = List.of("refs", "packed-refs", "shallow", "info", "logs");
    private static final String BRANCH = "ref: refs/heads/";

    private final Git git;
    private final Path path;
    private final Path repository;
    private final Map<String, String> variables = new HashMap<>();
    private String branch;

    private PrivateGitDir(Git git, Path path, Path repository) {
        this.git = git;
        this.path = path;
        this.repository = repository;
    }

    /**
     * @param parent a private directory on which nothing untrusted can write
     * @param repository a path {@link RepoPolicy#require} gave
     * @throws ProblemException UNAVAILABLE when it cannot be made
     */
    static PrivateGitDir open(Git git, Path parent, Path repository) {
        PrivateGitDir made = null;
        try {
            made = new PrivateGitDir(git, Files.createTempDirectory(parent, NAME), repository);
            made.fill();
            return made;
        } catch (IOException | RuntimeException e) {
            if (made != null) {
                made.close();
            }
            throw e instanceof ProblemException problem
                    ? problem
                    : new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
    }

    /** Deletes what a killed server left. */
    static void deleteLeft(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, NAME + "*")) {
            for (Path directory : left) {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill() throws IOException {
        Path theirs = repository.resolve(".git");
        copy(theirs, "HEAD", MAX_HEAD_BYTES);
        copy(theirs, "index", MAX_INDEX_BYTES);
        try (DirectoryStream<Path> shared = Files.newDirectoryStream(theirs, "sharedindex.*")) {
            for (Path file : shared) {
                copy(theirs, String.valueOf(file.getFileName()), MAX_INDEX_BYTES);
            }
        }
        for (String name : LINKED) {
            Path target = theirs.resolve(name);
            if (Files.exists(target)) {
                Files.createSymbolicLink(path.resolve(name), target);
            }
        }
        Path alternates = path.resolve("objects/info/alternates");
        Files.createDirectories(path.resolve("objects/info"));
        Files.writeString(alternates, ByteText.quote(theirs.resolve("objects")) + "\n", StandardCharsets.US_ASCII);
        String head = Files.readString(path.resolve("HEAD"), StandardCharsets.ISO_8859_1)
                .strip();
        branch = head.startsWith(BRANCH) ? ByteText.utf8(head.substring(BRANCH.length())) : null;
        configure(theirs.resolve("config"));
    }

    private void configure(Path theirs) throws IOException {
        Files.writeString(path.resolve("config"), SafeConfig.NONE.file());
        variables.put("GIT_DIR", path.toString());
        variables.put("GIT_WORK_TREE", repository.toString());
        SafeConfig safe = SafeConfig.read(git, path, theirs, branch);
        Files.writeString(path.resolve("config"), safe.file());
        variables.putAll(safe.variables());
    }

    /** The modification time is kept: git tells by it which files it must read (Documentation/technical/racy-git.txt). */
    private void copy(Path from, String name, long maxBytes) throws IOException {
        Path file = from.resolve(name);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile() || attributes.size() > maxBytes) {
                throw new IOException("no file to be copied: " + name);
            }
            Files.copy(file, path.resolve(name), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            // no index before the first add
        }
    }

    /** The branch that is checked out, with or without a commit; null when HEAD is detached. */
    String branch() {
        return branch;
    }

    Path path() {
        return path;
    }

    /** The user's working tree. */
    Path repository() {
        return repository;
    }

    /** Lets git look here as well for objects. */
    void borrow(Path objects) {
        variables.put("GIT_ALTERNATE_OBJECT_DIRECTORIES", ByteText.quote(objects));
    }

    /** Runs git here, with the user's working tree; see {@link Git#run}. */
    Git.Answer run(int maxBytes, String... arguments) {
        return git.run(repository, variables, maxBytes, arguments);
    }

    /** The same with further variables and a file as git's standard input. */
    Git.Answer run(Map<String, String> more, Path input, int maxBytes, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(more);
        return git.run(repository, all, input, maxBytes, arguments);
    }

    @Override
    public void close() {
        delete(path);
    }

    /** With all that is in it; links are not followed. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                    if (!Files.isWritable(entered) && !entered.toFile().setWritable(true)) {
                        throw new UncheckedIOException(new IOException("cannot be emptied: " + entered));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path emptied, IOException failure) throws IOException {
                    Files.deleteIfExists(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
