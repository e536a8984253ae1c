package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.UserEnvironment;
import dev.cockpitcoder.server.DataDirectory;

/**
 * Lands commits on the branches of users' repositories. Changes of one repository are made one after the other; others may
 * change it at the same time, and none of their commits is lost.
 */
@ApplicationScoped
public class Branches {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int NOTHING_BYTES = 1 << 10;

    private final Map<Path, Object> locks = new ConcurrentHashMap<>();
    private Git git;
    private Path parent;
    private WorkingTrees trees;

    Branches() {}

    @Inject
    Branches(WorkspaceConfig config, DataDirectory data, WorkingTrees trees) {
        this.git = new Git(config.git(), TIMEOUT);
        this.parent = data.directory("git");
        this.trees = trees;
    }

    /**
     * @param repository a path {@link RepoPolicy#require} gave
     * @param branch its short name; null for the one that is checked out
     * @throws ProblemException INVALID when there is no such branch
     */
    public BranchTip tip(Path repository, String branch) {
        return trees.look(repository, directory -> tip(directory, branch));
    }

    private static BranchTip tip(PrivateGitDir directory, String wanted) {
        String branch = wanted == null ? directory.branch() : wanted;
        if (branch == null) {
            throw new ProblemException(
                    ProblemCode.INVALID, "HEAD is detached in this repository: name the branch in branch.");
        }
        String commit = commit(directory, branch);
        if (commit == null && !branch.equals(directory.branch())) {
            throw new ProblemException(ProblemCode.INVALID, "There is no such branch in this repository.");
        }
        return new BranchTip(branch, commit);
    }

    /** Exactly this branch: no expression such as {@code main~1}. */
    private static String commit(PrivateGitDir directory, String branch) {
        if (branch.indexOf('\0') >= 0) {
            return null;
        }
        Git.Answer found = directory.run(NOTHING_BYTES, "show-ref", "--verify", "--hash", "--", "refs/heads/" + branch);
        return found.exitCode() == 0 ? found.output().strip() : null;
    }

    /**
     * A commit's text, with the name and address that the repository or the server's user is configured with.
     *
     * @param user who is named where there is none
     */
    public CommitText text(Path repository, String message, String user) {
        String name = setting(repository, "user.name").orElse(user);
        return new CommitText(message, name, setting(repository, "user.email").orElse("cockpit-coder@localhost"));
    }

    private Optional<String> setting(Path repository, String name) {
        String home = UserEnvironment.create().get("HOME");
        return Stream.of(repository.resolve(".git/config"), Path.of(home, ".gitconfig"))
                .filter(Files::isReadable)
                .map(file -> git.run(
                        parent,
                        Map.of("GIT_DIR", parent.toString()),
                        NOTHING_BYTES,
                        "config",
                        "--file",
                        file.toString(),
                        "--no-includes",
                        "--get",
                        name))
                .filter(answer -> answer.exitCode() == 0)
                .map(answer -> ByteText.utf8(answer.output()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /**
     * Makes the commit of what was chosen; nothing of the user's changes.
     *
     * @throws ProblemException CONFLICT when it cannot be merged with what the branch got, or changes nothing
     */
    public Landing apply(WorkingCopy copy, String branch, PatchSet set, List<Choice> choices, CommitText text) {
        return new LandingBuilder(copy.git(), text)
                .apply(copy.base(), set, choices, current(copy.repository(), branch));
    }

    /** What takes it back; see {@link LandingBuilder#undo}. */
    public Landing undo(WorkingCopy copy, Landing applied, CommitText text) {
        return new LandingBuilder(copy.git(), text).undo(applied, current(copy.repository(), applied.branch()));
    }

    /** Also for a branch that is gone, or has no commit yet. */
    private BranchTip current(Path repository, String branch) {
        return trees.look(repository, directory -> new BranchTip(branch, commit(directory, branch)));
    }

    /** Has this repository to itself, among the changes of this server, for the time of this work. */
    public <T> T alone(Path repository, Supplier<T> work) {
        synchronized (locks.computeIfAbsent(repository, any -> new Object())) {
            return work.get();
        }
    }

    /**
     * Moves the branch, and the checkout that is on it.
     *
     * @return false when the branch is not where the landing begins: nothing was done then
     * @throws ProblemException CONFLICT when the checkout is in the way; nothing was done then
     */
    public boolean land(WorkingCopy copy, Landing landing, CommitText text) {
        Path repository = copy.repository();
        synchronized (locks.computeIfAbsent(repository, any -> new Object())) {
            if (!isCheckedOut(repository, landing.branch())) {
                return move(copy, landing, text, null);
            }
            try (IndexLock lock = IndexLock.take(repository)) {
                return move(copy, landing, text, lock);
            }
        }
    }

    /**
     * Also offers what was taken of a copy in the user's repository, where nothing but {@code refs/cockpit/tasks/<id>} shows it.
     *
     * @throws ProblemException UNAVAILABLE
     */
    public void offer(WorkingCopy copy) {
        String commit = copy.kept()
                .commit()
                .orElseThrow(() -> new ProblemException(ProblemCode.CONFLICT, "Nothing was taken of it yet."));
        synchronized (locks.computeIfAbsent(copy.repository(), any -> new Object())) {
            new ObjectTransfer(copy.git()).bring(commit, copy.base());
            updateRef(copy, "-m", "cockpit: taken", copy.kept().ref(), commit);
        }
    }

    /** Takes back what {@link #offer} did. */
    public void withdraw(WorkingCopy copy) {
        updateRef(copy, "-d", copy.kept().ref());
    }

    private void updateRef(WorkingCopy copy, String... arguments) {
        String[] all =
                Stream.concat(Stream.of("update-ref"), Stream.of(arguments)).toArray(String[]::new);
        try (PrivateGitDir directory = PrivateGitDir.open(git, parent, copy.repository())) {
            directory
                    .run(
                            new CommitText("", "Cockpit Coder", "cockpit-coder@localhost").variables(),
                            Path.of("/dev/null"),
                            NOTHING_BYTES,
                            all)
                    .require();
        }
    }

    private boolean move(WorkingCopy copy, Landing landing, CommitText text, IndexLock lock) {
        try (PrivateGitDir directory = PrivateGitDir.open(git, parent, copy.repository())) {
            directory.borrow(copy.git().path().resolve("objects"));
            ObjectTransfer objects = new ObjectTransfer(copy.git());
            return new BranchMove(directory, objects, landing, text).run(lock);
        }
    }

    private static boolean isCheckedOut(Path repository, String branch) {
        try {
            String head = Files.readString(repository.resolve(".git/HEAD"), StandardCharsets.ISO_8859_1);
            return head.strip().equals("ref: refs/heads/" + ByteText.bytes(branch));
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This repository cannot be read now.", e);
        }
    }

    /**
     * Ends what a killed server began.
     *
     * @return whether the branch got there
     */
    public boolean recover(WorkingCopy copy, Landing landing) {
        Path repository = copy.repository();
        synchronized (locks.computeIfAbsent(repository, any -> new Object())) {
            IndexLock.deleteLeft(repository);
            ObjectTransfer.deleteLeft(repository);
            RefLock.deleteLeft(repository, landing);
            Optional<String> tip =
                    Optional.ofNullable(current(repository, landing.branch()).commit());
            boolean landed = tip.equals(Optional.ofNullable(landing.after()));
            if (landed && isCheckedOut(repository, landing.branch())) {
                try (IndexLock lock = IndexLock.take(repository);
                        PrivateGitDir directory = PrivateGitDir.open(git, parent, repository)) {
                    new CheckoutRecovery(directory, landing).run(lock);
                }
            }
            return landed;
        }
    }
}
