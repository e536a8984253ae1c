package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** An apply for which the disk has no room leaves everything as it was. */
class DiskFullTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path directory;

    private Path real;
    private Path disk;
    private SmallDisk small;

    @BeforeEach
    void find() throws IOException {
        real = directory.toRealPath();
        disk = Files.createDirectory(real.resolve("disk"));
    }

    @AfterEach
    void unmount() {
        if (small != null) {
            small.close();
        }
    }

    /** From no room for the objects to room for these and most of the files. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 9, 10, 11})
    void onAFullDiskTheBranchTheIndexAndEveryFileStay(int megabytesLeft) throws Exception {
        mount(32);
        Repo repo = Repo.create(disk.resolve("app"));
        for (int i = 0; i < 8; i++) {
            random(repo.path().resolve("file" + i), i, MEGABYTE / 2);
        }
        repo.with("small", "small\n").commit("first").with("untracked", "the user's\n");
        Engine engine = Engine.in(real);
        WorkingCopy copy = engine.copy(repo);
        for (int i = 0; i < 8; i++) {
            random(copy.files().resolve("file" + i), 100 + i, MEGABYTE);
        }
        Files.writeString(copy.files().resolve("small"), "changed\n");
        Files.writeString(copy.files().resolve("added"), "added\n");
        PatchSet set = copy.snapshot();
        small.fill((long) megabytesLeft * MEGABYTE);
        String state = state(repo);

        ProblemException refusal = refusal(() -> engine.apply(copy, set, Engine.all(set, any -> true)));

        assertThat(refusal.code()).isIn(ProblemCode.UNAVAILABLE, ProblemCode.CONFLICT);
        assertThat(state(repo)).isEqualTo(state);
        small.free();
        engine.apply(copy, set, Engine.all(set, any -> true));
        assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
        assertThat(repo.path().resolve("added")).exists();
        repo.git("fsck", "--strict", "--no-dangling");
    }

    /** Without root: no file may become larger than this, and git gets an error as from a full disk, wherever it writes one. */
    @ParameterizedTest
    @ValueSource(ints = {64, 600})
    void whereGitCannotWriteALargeFileEverythingStays(int kilobytes) throws Exception {
        Repo repo = Repo.create(real.resolve("app"))
                .with("a", "a\n")
                .with("large", "x\n")
                .with("z", "z\n")
                .commit("first");
        repo.with("untracked", "the user's\n");
        Engine engine = Engine.in(real);
        WorkingCopy copy = engine.copy(repo);
        Files.writeString(copy.files().resolve("a"), "changed\n");
        Files.writeString(copy.files().resolve("large"), "compresses well\n".repeat(80_000));
        PatchSet set = copy.snapshot();
        Landing landing = engine.branches().apply(copy, "main", set, Engine.all(set, any -> true), Engine.TEXT);
        Path limited = Files.writeString(
                real.resolve("git-limited"),
                "#!/bin/bash\ntrap '' XFSZ\nulimit -f " + kilobytes + "\nexec git \"$@\"\n");
        assertThat(limited.toFile().setExecutable(true)).isTrue();
        WorkspaceConfig config = new WorkspaceConfig(List.of(real), limited);
        DataDirectory data = new DataDirectory(real.resolve("home"));
        Branches branches = new Branches(config, data, new WorkingTrees(config, data));
        String state = state(repo);

        ProblemException refusal = refusal(() -> branches.land(copy, landing, Engine.TEXT));

        assertThat(refusal).isNotNull();
        assertThat(state(repo)).isEqualTo(state);
        engine.branches().land(copy, landing, Engine.TEXT);
        assertThat(repo.git("status", "--porcelain")).isEqualTo("?? untracked");
    }

    @Test
    void aSnapshotThatCannotBeWrittenSaysSoAndTheOneBeforeStays() throws Exception {
        mount(8);
        Repo repo = Repo.create(real.resolve("app")).with("a", "a\n").commit("first");
        Engine engine = Engine.in(disk);
        WorkingCopy copy = engine.copy(repo);
        Files.writeString(copy.files().resolve("a"), "b\n");
        PatchSet before = copy.snapshot();
        random(copy.files().resolve("large"), 1, 4 * MEGABYTE);

        ProblemException refusal = refusal(copy::snapshot);

        assertThat(refusal.code()).isEqualTo(ProblemCode.UNAVAILABLE);
        assertThat(copy.patches(before.tree()).changes()).hasSize(1);
        assertThat(copy.isKept(before.tree())).isTrue();
        Files.delete(copy.files().resolve("large"));
        assertThat(copy.snapshot().revision()).isEqualTo(before.revision());
    }

    private void mount(int megabytes) throws IOException {
        small = SmallDisk.mount(disk, megabytes);
    }

    private static void random(Path file, int seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(file, content);
    }

    /** Every byte but those of the index, whose entries count, of the log, and of objects that came before the disk was full. */
    private static String state(Repo repo) throws IOException {
        StringBuilder state = new StringBuilder(repo.git("for-each-ref"))
                .append(repo.git("status", "--porcelain"))
                .append(repo.git("ls-files", "--stage"));
        try (var left = Files.newDirectoryStream(repo.path().resolve(".git/objects"), "tmp_*")) {
            assertThat(left).isEmpty();
        }
        try (var files = Files.walk(repo.path())) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file)
                        && !file.startsWith(repo.path().resolve(".git/objects"))
                        && !file.endsWith(".git/index")
                        && !file.startsWith(repo.path().resolve(".git/logs"))) {
                    state.append(repo.path().relativize(file))
                            .append(' ')
                            .append(Arrays.hashCode(Files.readAllBytes(file)))
                            .append('\n');
                }
            }
        }
        return state.toString();
    }

    private static ProblemException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call);
    }
}
