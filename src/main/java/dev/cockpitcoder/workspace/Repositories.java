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

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Finds the repositories a session can be made on, and says how they stand. */
@ApplicationScoped
public class Repositories {
    private static final int MAX_DEPTH = 3;
    private static final int MAX_FOUND = 200;
    private static final Set<String> SKIPPED = Set.of("node_modules", "target", "build", "dist", "vendor");

    private WorkspaceConfig config;
    private RepoPolicy policy;
    private Git git;

    Repositories() {}

    @Inject
    Repositories(WorkspaceConfig config, RepoPolicy policy) {
        this.config = config;
        this.policy = policy;
        this.git = new Git(config.git());
    }

    /** Repositories at and up to three levels below the allowed directories, by path; at most 200. */
    public List<RepoView> list() {
        Set<Path> found = new TreeSet<>();
        config.allowedRoots().forEach(root -> collect(root, found));
        return found.stream().map(this::facts).toList();
    }

    /** @param repository a path {@link RepoPolicy#require} gave */
    public RepoView facts(Path repository) {
        Git.Answer branch = git.run(repository, "symbolic-ref", "--quiet", "--short", "HEAD");
        Git.Answer head = git.run(repository, "rev-parse", "--verify", "--quiet", "HEAD^{commit}");
        return new RepoView(
                repository.toString(), RepoView.nameOf(repository), text(branch), text(head), isDirty(repository));
    }

    /** Plumbing that compares stat data only: `git status` would run the repository's filters on changed files. */
    private Boolean isDirty(Path repository) {
        Git.Answer changed = git.run(repository, "diff-files", "--quiet", "--ignore-submodules=all");
        Git.Answer staged = git.run(repository, "diff-index", "--cached", "--quiet", "--ignore-submodules=all", "HEAD");
        Git.Answer untracked = git.run(
                repository, "ls-files", "--others", "--exclude-standard", "--directory", "--no-empty-directory");
        if (untracked.exitCode() != 0 || changed.exitCode() > 1) {
            return null;
        }
        return changed.exitCode() == 1
                || staged.exitCode() == 1
                || !untracked.output().isEmpty();
    }

    private static String text(Git.Answer answer) {
        return answer.exitCode() == 0 ? answer.output().strip() : null;
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
