package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class WorkingTreesPropertyTest {
    /** The patches, given to git in a clean clone, make of HEAD what the working tree is. */
    @Property(tries = 25)
    void thePatchesLeadFromHeadToTheWorkingTree(
            @ForAll("trees") Map<String, String> before,
            @ForAll("trees") Map<String, String> after,
            @ForAll boolean staged)
            throws IOException {
        Path temp = Files.createTempDirectory("trees");
        WorkingTrees trees = new WorkingTrees(
                new WorkspaceConfig(List.of(temp), Git.onPath()), new DataDirectory(temp.resolve("home")));
        Repo repo = Repo.create(temp.resolve("app"));
        before.forEach(repo::with);
        repo.commit("first").git("clone", "--quiet", ".", temp.resolve("twin").toString());
        before.keySet().forEach(name -> repo.path().resolve(name).toFile().delete());
        after.forEach(repo::with);
        if (staged) {
            repo.git("add", "--all");
        }

        DiffView diff = trees.diff(repo.path(), DiffScope.ALL);

        Repo twin = new Repo(temp.resolve("twin"));
        String patch = diff.patches().stream().map(PatchView::patch).collect(Collectors.joining());
        if (!patch.isEmpty()) {
            Files.writeString(temp.resolve("patch"), patch, StandardCharsets.UTF_8);
            twin.git("apply", temp.resolve("patch").toString());
        }
        assertThat(contents(twin.path())).isEqualTo(contents(repo.path()));
        assertThat(diff.files()).isEqualTo(diff.patches().size());
        assertThat(trees.status(repo.path()).changed() == 0).isEqualTo(patch.isEmpty());
    }

    @Provide
    Arbitrary<Map<String, String>> trees() {
        Arbitrary<String> name =
                Arbitraries.of("a", "a b", " x ", "\u00e9", "dir/a", "dir/\"b\"", "new\nline", "b/b", "-c", "tab\t");
        Arbitrary<String> text = Arbitraries.of(
                        "same\n", "x\r\n", "-- a/x\n", "++ b/x\n", "\u00e9\n", "\n", "diff --git a/a b/a\n")
                .list()
                .ofMaxSize(12)
                .flatMap(lines -> Arbitraries.of("", "no end").map(end -> String.join("", lines) + end));
        return Arbitraries.maps(name, text).ofMaxSize(6);
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(directory.resolve(".git")))
                    .collect(Collectors.toMap(
                            file -> directory.relativize(file).toString(), WorkingTreesPropertyTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
