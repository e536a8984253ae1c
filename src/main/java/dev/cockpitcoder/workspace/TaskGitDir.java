package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * The server's own git directory beside a working copy: what an agent does to the copy, its {@code .git} included, configures
 * nothing here. Objects of the user's repository are borrowed; new ones go here. It must lie where no agent can write.
 */
final class TaskGitDir {
    private static final int ID_BYTES = 100;

    private final Git git;
    private final Path path;
    private final Path repository;
    private final Path workTree;
    private final Map<String, String> variables = new HashMap<>();

    /**
     * @param path the git directory; made when it is missing
     * @param repository the user's, a path {@link RepoPolicy#require} gave
     * @param workTree the working copy; need not exist yet
     */
    TaskGitDir(Git git, Path path, Path repository, Path workTree) {
        this.git = git;
        this.path = path;
        this.repository = repository;
        this.workTree = workTree;
        try {
            fill();
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be kept on the server.", e);
        }
    }

    private void fill() throws IOException {
        Path theirs = repository.resolve(".git");
        Files.createDirectories(path.resolve("refs"));
        Files.createDirectories(path.resolve("objects/info"));
        put("objects/info/alternates", ByteText.quote(theirs.resolve("objects")) + "\n");
        put("HEAD", "ref: refs/heads/task\n");
        for (String name : new String[] {"info", "shallow"}) {
            if (Files.exists(theirs.resolve(name)) && !Files.isSymbolicLink(path.resolve(name))) {
                link(path.resolve(name), theirs.resolve(name));
            }
        }
        if (!Files.exists(path.resolve("config"))) {
            put("config", SafeConfig.NONE.file());
        }
        SafeConfig safe = SafeConfig.read(git, path, theirs.resolve("config"), null);
        put("config", safe.file());
        variables.putAll(safe.variables());
        variables.put("GIT_DIR", path.toString());
        variables.put("GIT_WORK_TREE", workTree.toString());
    }

    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (FileAlreadyExistsException another) {
            // another request was first
            return;
        }
    }

    /** At once, and only when it is another one: a git of another request may be reading it. */
    private void put(String name, String content) throws IOException {
        Path file = path.resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(content)) {
            return;
        }
        Path ready = Files.createTempFile(path, "new-", null);
        try {
            Files.writeString(ready, content);
            Files.move(ready, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(ready);
        }
    }

    Path path() {
        return path;
    }

    Path repository() {
        return repository;
    }

    Git.Answer run(int maxBytes, String... arguments) {
        return git.run(path, variables, maxBytes, arguments);
    }

    /** @param more further {@code GIT_…} variables */
    Git.Answer run(Map<String, String> more, Path input, int maxBytes, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(more);
        return git.run(path, all, input, maxBytes, arguments);
    }

    /** For what takes long; see {@link Git#gently}. */
    Git.Answer runGently(Map<String, String> more, int maxBytes, String... arguments) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(more);
        return git.gently().run(path, all, maxBytes, arguments);
    }

    /** The object id that git answers with. */
    String id(Map<String, String> more, String... arguments) {
        return run(more, Path.of("/dev/null"), ID_BYTES, arguments)
                .require()
                .output()
                .strip();
    }

    String id(String... arguments) {
        return id(Map.of(), arguments);
    }

    /** The tree of a commit; the empty tree when there is none. */
    String tree(String commit) {
        return commit == null
                ? id("hash-object", "-t", "tree", "/dev/null")
                : id("rev-parse", "--verify", "--quiet", commit + "^{tree}");
    }

    /** A file of ours for git to read. */
    Path write(String name, String bytes) {
        try {
            return Files.writeString(path.resolve(name), bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be kept on the server.", e);
        }
    }
}
