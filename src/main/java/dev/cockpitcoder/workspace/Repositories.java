package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemException;

/** Finds the repositories a session can be made on, and says how they stand. */
@ApplicationScoped
public class Repositories {
    private static final Logger LOG = Logger.getLogger(Repositories.class.getName());
    private static final int MAX_DEPTH = 3;
    private static final int MAX_FOUND = 200;
    private static final int MAX_BYTES = 1 << 10;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "build", "dist", "vendor");

    private WorkspaceConfig config;
    private RepoPolicy policy;
    private WorkingTrees trees;

    Repositories() {}

    @Inject
    Repositories(WorkspaceConfig config, RepoPolicy policy, WorkingTrees trees) {
        this.config = config;
        this.policy = policy;
        this.trees = trees;
    }

    /** Repositories at and up to three levels below the allowed directories, by path; at most 200. */
    public List<RepoView> list() {
        Set<Path> found = new TreeSet<>();
        config.allowedRoots().forEach(root -> collect(root, found));
        return found.stream().map(this::facts).toList();
    }

    /**
     * Never fails: what cannot be found out is null.
     *
     * @param repository a path {@link RepoPolicy#require} gave
     */
    public RepoView facts(Path repository) {
        try {
            return trees.look(repository, directory -> facts(repository, directory));
        } catch (ProblemException e) {
            LOG.log(Level.FINE, "A repository cannot be read", e);
            return new RepoView(repository.toString(), RepoView.nameOf(repository), null, null, null);
        }
    }

    private static RepoView facts(Path repository, PrivateGitDir directory) {
        Git.Answer head = directory.run(MAX_BYTES, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return new RepoView(
                repository.toString(),
                RepoView.nameOf(repository),
                directory.branch(),
                head.exitCode() == 0 ? head.output().strip() : null,
                isDirty(directory));
    }

    private static Boolean isDirty(PrivateGitDir directory) {
        try {
            Git.Answer status = directory.run(MAX_BYTES, "status", "--porcelain=v2", "-z", "--ignore-submodules=all");
            return status.exitCode() == 0 ? !status.output().isEmpty() : null;
        } catch (ProblemException e) {
            LOG.log(Level.FINE, "A repository takes too long", e);
            return null;
        }
    }

    private void collect(Path root, Set<Path> found) {
        try {
            Files.walkFileTree(root, Set.<FileVisitOption>of(), MAX_DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    if (found.size() >= MAX_FOUND) {
                        return FileVisitResult.TERMINATE;
                    }
                    if (policy.isRepository(directory)) {
                        found.add(directory);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return isSkipped(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSkipped(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return name.startsWith(".") || SKIPPED.contains(name);
    }
}
