package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A process that applies and undoes, over and over, is killed at random points. {@code -Dkills=100} for more of them. */
class LandingKilledTest {
    private static final int FILES = 40;

    @TempDir
    private Path directory;

    /** The victim: stores what it begins, as the patch room does, lands it, and takes it back. */
    static final class Victim {
        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            Engine engine = Engine.in(directory);
            WorkingCopy copy =
                    engine.copies().open(UUID.fromString(arguments[1]), directory.resolve("app"), arguments[2]);
            PatchSet set = copy.snapshot();
            System.out.println("ready");
            while (true) {
                Landing landing = engine.branches().apply(copy, "main", set, Engine.all(set, any -> true), Engine.TEXT);
                land(directory, engine, copy, landing);
                land(directory, engine, copy, engine.branches().undo(copy, landing, Engine.TEXT));
            }
        }

        private static void land(Path directory, Engine engine, WorkingCopy copy, Landing landing) throws IOException {
            Path begun = directory.resolve("begun");
            Files.writeString(directory.resolve("begun.new"), landing.before() + " " + landing.after());
            Files.move(directory.resolve("begun.new"), begun, StandardCopyOption.ATOMIC_MOVE);
            if (!engine.branches().land(copy, landing, Engine.TEXT)) {
                throw new IllegalStateException("nobody else moves the branch");
            }
        }
    }

    @Test
    void whereverItIsKilledTheBranchIsAtTheOldOrTheNewCommitAndTheCheckoutFollows() throws Exception {
        Path real = directory.toRealPath();
        Repo repo = Repo.create(real.resolve("app"));
        for (int i = 0; i < FILES; i++) {
            repo.with("dir" + i % 4 + "/file" + i, "old " + i + "\n");
        }
        repo.commit("first").with("untracked", "the user's\n");
        String first = repo.git("rev-parse", "HEAD");
        Engine engine = Engine.in(real);
        UUID id = UUID.randomUUID();
        WorkingCopy copy = engine.copies().create(id, repo.path(), first);
        for (int i = 0; i < FILES; i++) {
            Files.writeString(copy.files().resolve("dir" + i % 4 + "/file" + i), "new " + i + "\n");
            Files.writeString(copy.files().resolve("added" + i), "added\n");
        }
        Files.delete(copy.files().resolve("dir0/file0"));
        Random random = new Random(7);
        int landed = 0;
        int kills = Integer.getInteger("kills", 12);
        for (int i = 0; i < kills; i++) {
            kill(real, id, first, random, i % 2 == 0);
            String[] begun = Files.readString(real.resolve("begun")).split(" ");
            Landing landing = new Landing("main", begun[0], begun[1]);

            boolean recovered = engine.branches().recover(copy, landing);

            landed += recovered ? 1 : 0;
            assertThat(repo.git("rev-parse", "main")).isEqualTo(recovered ? landing.after() : landing.before());
            assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
            assertThat(repo.path().resolve(".git/index.lock")).doesNotExist();
            assertThat(repo.path().resolve(".git/refs/heads/main.lock")).doesNotExist();
            try (var left = Files.newDirectoryStream(repo.path().resolve(".git/objects"), "tmp_objdir*")) {
                assertThat(left).isEmpty();
            }
            repo.git("fsck", "--connectivity-only");
            repo.git("reset", "--quiet", "--hard", first);
        }
        System.out.println(kills + " kills: " + landed + " landed, " + (kills - landed) + " never were");
        assertThat(repo.path().resolve("untracked")).hasContent("the user's");
    }

    /** @param withGit whether the git command that runs dies too, as when the machine does */
    private static void kill(Path directory, UUID id, String base, Random random, boolean withGit) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        id.toString(),
                        base)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(victim.inputReader().readLine()).isEqualTo("ready");
        TimeUnit.MILLISECONDS.sleep(150 + random.nextInt(900));
        assertThat(victim.isAlive()).isTrue();
        List<ProcessHandle> children = victim.descendants().toList();
        victim.destroyForcibly();
        if (withGit) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        victim.waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
