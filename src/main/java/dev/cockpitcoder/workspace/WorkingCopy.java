package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * An isolated working copy for one task: the files of a base commit, for an agent to change, and beside them the server's own
 * git directory. The agent finds a {@code .git} of its own in it, which the server never reads.
 */
public final class WorkingCopy {
    private static final int NOTHING_BYTES = 1 << 10;
    private static final String AGENT_CONFIG = """
            [core]
            \trepositoryformatversion = 0
            \tbare = false
            [gc]
            \tauto = 0
            [user]
            \tname = Agent
            \temail = agent@localhost
            """;

    private final Path directory;
    private final TaskGitDir git;
    private final String base;
    private final KeptWork kept;

    /** @param base the commit it begins with; null in a repository without one */
    WorkingCopy(Git git, Path directory, Path repository, String base) {
        this.directory = directory;
        this.base = base;
        this.git = new TaskGitDir(git, directory.resolve("git"), repository, files());
        this.kept = new KeptWork(this.git, String.valueOf(directory.getFileName()));
    }

    /** Where the agent works; it may write here and nowhere else. */
    public Path files() {
        return directory.resolve("copy");
    }

    /** A directory of the task's own, beside its files, for what the agent keeps. */
    public Path home() {
        return directory.resolve("home");
    }

    /** The user's repository. */
    public Path repository() {
        return git.repository();
    }

    /** Null when the repository had no commit. */
    public String base() {
        return base;
    }

    TaskGitDir git() {
        return git;
    }

    KeptWork kept() {
        return kept;
    }

    /** Whether this tree, which {@link #snapshot} took, outlives the files of the copy. */
    public boolean isKept(String tree) {
        return kept.has(tree, base);
    }

    /**
     * Fills it, with what was taken of it last, or else with the base. No filter runs: files of Git LFS, say, are there as they are
     * stored.
     */
    void checkOut() {
        // a copy that is there is whole
        Path unfinished = directory.resolve("copy.new");
        try {
            if (Files.exists(unfinished)) {
                PrivateGitDir.delete(unfinished);
            }
            Files.createDirectories(unfinished);
            Files.createDirectories(home());
            String tree = kept.tree().orElseGet(() -> git.tree(base));
            git.runGently(
                            Map.of("GIT_WORK_TREE", unfinished.toString()),
                            NOTHING_BYTES,
                            "-c",
                            "checkout.workers=0",
                            "read-tree",
                            "--reset",
                            "-u",
                            tree)
                    .require();
            makeAgentRepository(unfinished.resolve(".git"));
            Files.move(unfinished, files(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The working copy cannot be made on the server.", e);
        }
    }

    private void makeAgentRepository(Path theirs) throws IOException {
        Files.createDirectories(theirs.resolve("refs/heads"));
        Files.createDirectories(theirs.resolve("objects/info"));
        Files.writeString(
                theirs.resolve("objects/info/alternates"),
                ByteText.quote(git.repository().resolve(".git/objects")) + "\n",
                StandardCharsets.US_ASCII);
        Files.writeString(theirs.resolve("config"), AGENT_CONFIG);
        Files.writeString(theirs.resolve("HEAD"), "ref: refs/heads/task\n");
        Files.copy(git.path().resolve("index"), theirs.resolve("index"), StandardCopyOption.COPY_ATTRIBUTES);
        if (Files.exists(git.path().resolve("shallow"))) {
            Files.copy(git.path().resolve("shallow"), theirs.resolve("shallow"));
        }
        if (base != null) {
            Files.writeString(theirs.resolve("refs/heads/task"), base + "\n");
        }
    }

    /**
     * Takes what is in the copy now as a tree, and gives what leads there from the base. What is ignored, what cannot be read,
     * and repositories inside this one are left out.
     *
     * @throws ProblemException TOO_LARGE when the changes are more than can be shown; UNAVAILABLE
     */
    public PatchSet snapshot() {
        String tree = new Snapshot(git, files()).take();
        kept.keep(tree, base);
        return patches(tree);
    }

    /** What leads from the base to a tree that {@link #snapshot} took. */
    public PatchSet patches(String tree) {
        return PatchSet.read(git, git.tree(base), tree);
    }
}
