package dev.cockpitcoder.patch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.patch.NewApply.SelectedFile;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Engine;
import dev.cockpitcoder.workspace.Repo;
import dev.cockpitcoder.workspace.WorkingCopy;

import static org.assertj.core.api.Assertions.assertThat;

/** Many that move one branch between a diff and its apply, and somebody with plain git as well. */
class ManyAppliesTest {
    private static final int TASKS = 50;
    private static final int OTHERS = 10;

    @TempDir
    private Path directory;

    @Test
    void fiftyAtOnceAllLandOrSayWhyNotAndNoCommitIsLost() throws Exception {
        Repo repo = Repo.create(directory.toRealPath().resolve("app"))
                .with("a", "a\n")
                .with("contended", "base\n")
                .commit("first");
        repo.git("branch", "work");
        repo.with("a", "not committed\n");
        Engine engine = Engine.in(directory.toRealPath());
        Patches patches = PatchRecords.patches(engine.branches());
        Map<UUID, WorkingCopy> copies = copies(repo, engine, patches);
        ExecutorService pool = Executors.newFixedThreadPool(TASKS + 1);
        try {
            Future<Integer> others = pool.submit(() -> push(repo));
            List<Callable<ProblemCode>> applies = copies.entrySet().stream()
                    .map(entry -> (Callable<ProblemCode>) () -> apply(patches, entry.getKey(), entry.getValue()))
                    .toList();
            List<Future<ProblemCode>> ended = pool.invokeAll(applies, 5, TimeUnit.MINUTES);
            long landed = 0;
            for (Future<ProblemCode> end : ended) {
                assertThat(end.get()).isIn(null, ProblemCode.CONFLICT);
                landed += end.get() == null ? 1 : 0;
            }
            assertThat(others.get()).isEqualTo(OTHERS);

            // of the two that change the same line, one
            assertThat(landed).isEqualTo(TASKS - 1);
            assertThat(repo.git("rev-list", "--count", "work")).isEqualTo(String.valueOf(1 + OTHERS + landed));
            assertThat(repo.git("ls-tree", "--name-only", "work").lines().filter(name -> name.startsWith("file")))
                    .hasSize(TASKS - 2);
            assertThat(repo.git("show", "work:others").lines()).hasSize(OTHERS);
            assertThat(repo.git("status", "--porcelain")).isEqualTo("M a");
            repo.git("fsck", "--strict", "--no-dangling");
        } finally {
            pool.shutdownNow();
        }
    }

    private static Map<UUID, WorkingCopy> copies(Repo repo, Engine engine, Patches patches) {
        Map<UUID, WorkingCopy> copies = new TreeMap<>();
        for (int i = 0; i < TASKS; i++) {
            UUID task = UUID.randomUUID();
            WorkingCopy copy = engine.copies().create(task, repo.path(), repo.git("rev-parse", "work"));
            new Repo(copy.files()).with(i < 2 ? "contended" : "file" + i, "agent " + i + "\n");
            patches.take(task, copy);
            copies.put(task, copy);
        }
        return copies;
    }

    /** Gives null when it landed. */
    private static ProblemCode apply(Patches patches, UUID task, WorkingCopy copy) throws InterruptedException {
        String file = patches.read(task, () -> copy).patches().get(0).file();
        NewApply wanted = new NewApply(List.of(new SelectedFile(file, null, null)), "apply", null, null);
        while (true) {
            try {
                patches.apply(task, copy, "work", wanted, null, "me", told -> {});
                return null;
            } catch (ProblemException e) {
                if (e.code() != ProblemCode.TOO_MANY) {
                    return e.code();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** Pushes from a clone; when the branch has moved, once more on top of it. */
    private static int push(Repo repo) {
        Repo clone = new Repo(repo.path().resolveSibling("clone"));
        repo.git("clone", "--quiet", "--branch=work", ".", clone.path().toString());
        int made = 0;
        while (made < OTHERS) {
            clone.git("fetch", "--quiet");
            clone.git("reset", "--quiet", "--hard", "origin/work");
            clone.with("others", "line\n".repeat(made + 1)).commit("pushed");
            try {
                clone.git("push", "--quiet", "origin", "HEAD:work");
                made++;
            } catch (AssertionError moved) {
                // once more
            }
        }
        return made;
    }
}
