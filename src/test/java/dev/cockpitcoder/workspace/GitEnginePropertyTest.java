package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/** What is applied is, byte for byte, what the agent wrote, or the part of it that was chosen. */
class GitEnginePropertyTest {
    /** A file of a generated tree: its bytes, one a character. Of a link: where it leads. */
    record Generated(String bytes, Kind kind) {}

    /** What it is. */
    enum Kind {
        FILE,
        PROGRAM,
        LINK
    }

    @Property(tries = 25)
    void applyingEverythingMakesTheBranchAndTheCheckoutWhatTheCopyIs(
            @ForAll("trees") Map<String, Generated> before,
            @ForAll("trees") Map<String, Generated> after,
            @ForAll boolean unborn)
            throws IOException {
        Path temp = Files.createTempDirectory("engine").toRealPath();
        Repo repo = Repo.create(temp.resolve("app"));
        if (!unborn) {
            write(repo.path(), before);
            repo.commit("first");
        }
        // what git must not convert
        repo.git("config", "core.autocrlf", "false");
        Engine engine = Engine.in(temp);
        WorkingCopy copy = engine.copy(repo);
        assertThat(contents(copy.files())).isEqualTo(unborn ? Map.of() : contents(repo.path()));
        Map<String, String> untouched = contents(repo.path());
        clear(copy.files());
        write(copy.files(), after);
        PatchSet set = copy.snapshot();
        assertThat(contents(repo.path())).isEqualTo(untouched);
        if (set.changes().isEmpty()) {
            return;
        }

        Landing landing = engine.applyAll(copy);

        assertThat(contents(repo.path())).isEqualTo(contents(copy.files()));
        assertThat(repo.git("status", "--porcelain")).isEmpty();
        assertThat(repo.git("rev-parse", "main")).isEqualTo(landing.after());
        repo.git("fsck", "--strict", "--no-dangling");

        Landing undo = engine.branches().undo(copy, landing, Engine.TEXT);
        assertThat(engine.branches().land(copy, undo, Engine.TEXT)).isTrue();

        assertThat(contents(repo.path())).isEqualTo(untouched);
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    @Property(tries = 15)
    void whatTheAgentMovedAndWhatTheBranchGotMeanwhileAreBothThere(
            @ForAll("trees") Map<String, Generated> before, @ForAll long seed) throws IOException {
        Path temp = Files.createTempDirectory("engine").toRealPath();
        Random random = new Random(seed);
        Repo repo = Repo.create(temp.resolve("app"));
        write(repo.path(), before);
        repo.with("users", "old\n").commit("first");
        Engine engine = Engine.in(temp);
        WorkingCopy copy = engine.copy(repo);
        Map<String, Generated> after = new TreeMap<>();
        before.forEach((name, file) ->
                after.put(random.nextBoolean() ? name : "moved/" + name, random.nextInt(4) == 0 ? longer(file) : file));
        clear(copy.files());
        write(copy.files(), after);
        new Repo(copy.files()).with("users", "old\n").with("agents", "new\n");
        repo.with("users", "meanwhile\n").with("more/users", "new\n").commit("meanwhile");

        engine.applyAll(copy);

        Map<String, String> expected = new TreeMap<>(contents(copy.files()));
        expected.put("users", "meanwhile\n-");
        expected.put("more/users", "new\n-");
        assertThat(contents(repo.path())).isEqualTo(expected);
        assertThat(repo.git("status", "--porcelain")).isEmpty();
    }

    private static Generated longer(Generated file) {
        return file.kind() == Kind.LINK ? file : new Generated("first\n" + file.bytes(), file.kind());
    }

    @Property(tries = 40)
    void chosenHunksAreExactlyThoseAndTheRestStaysAsItWas(
            @ForAll("lines") List<String> before, @ForAll long seed, @ForAll boolean endsWithoutNewline)
            throws IOException {
        Path temp = Files.createTempDirectory("engine").toRealPath();
        Random random = new Random(seed);
        String end = endsWithoutNewline ? "no end" : "";
        Repo repo = Repo.create(temp.resolve("app"));
        write(repo.path(), Map.of("a b\u00e9", new Generated(String.join("", before) + end, Kind.FILE)));
        repo.commit("first");
        Engine engine = Engine.in(temp);
        WorkingCopy copy = engine.copy(repo);
        write(copy.files(), Map.of("a b\u00e9", new Generated(edited(before, random) + end, Kind.FILE)));
        PatchSet set = copy.snapshot();
        if (set.changes().isEmpty()) {
            return;
        }
        FileChange change = set.changes().get(0);
        Set<Integer> chosen = new TreeSet<>();
        for (int hunk = 0; hunk < change.hunks(); hunk++) {
            if (random.nextBoolean()) {
                chosen.add(hunk);
            }
        }
        if (chosen.isEmpty()) {
            return;
        }

        engine.apply(copy, set, List.of(new Choice(change, chosen)));

        assertThat(contents(repo.path()).values())
                .containsExactly(expected(String.join("", before) + end, change.last(), chosen));
        assertThat(new TreeSet<>(change.hunkIds())).hasSize(change.hunks());
    }

    /** A second opinion: hunks applied by their line numbers, nothing searched for. */
    private static String expected(String before, FilePatch patch, Set<Integer> chosen) {
        List<String> old = new ArrayList<>(Arrays.asList(before.split("(?<=\n)")));
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int number : chosen) {
            Hunk hunk = patch.hunks().get(number);
            int begin = Math.max(0, hunk.startOld() - (hunk.lenOld() == 0 ? 0 : 1));
            old.subList(at, begin).forEach(result::append);
            at = begin + hunk.lenOld();
            List<String> lines = hunk.lines();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean unended = i + 1 < lines.size() && lines.get(i + 1).startsWith("\\");
                if (line.startsWith(" ") || line.startsWith("+")) {
                    result.append(line.substring(1)).append(unended ? "" : "\n");
                }
            }
        }
        old.subList(at, old.size()).forEach(result::append);
        return result.toString() + "-";
    }

    private static String edited(List<String> lines, Random random) {
        StringBuilder edited = new StringBuilder();
        for (String line : lines) {
            switch (random.nextInt(12)) {
                case 0 -> edited.append("new\n").append(line);
                case 1 -> edited.append("\u00ff\r\n");
                case 2 -> {
                    // taken out
                }
                default -> edited.append(line);
            }
        }
        return edited.toString();
    }

    @Provide
    Arbitrary<List<String>> lines() {
        // many that are the same: a hunk would fit in several places
        return Arbitraries.of("same\n", "same\n", "same\n", "x\r\n", "@@ -1 +1 @@\n", "\n", "\u00e9\n")
                .list()
                .ofMinSize(20)
                .ofMaxSize(120);
    }

    @Provide
    Arbitrary<Map<String, Generated>> trees() {
        Arbitrary<String> name = Arbitraries.of(
                "a", "a b", " x ", "\u00e9", "dir/a", "dir/\"b\"", "new\nline", "dir", "b/b", "-c", "tab\t", "a/b");
        Arbitrary<String> text = Arbitraries.of("same\n", "x\r\n", "-- a/x\n", "\u00e9\n", "\0\1\2\n", "\u00ff\n", "\n")
                .list()
                .ofMaxSize(12)
                .flatMap(lines -> Arbitraries.of("", "no end").map(end -> String.join("", lines) + end));
        Arbitrary<Generated> file =
                text.flatMap(bytes -> Arbitraries.of(Kind.FILE, Kind.PROGRAM).map(kind -> new Generated(bytes, kind)));
        Arbitrary<Generated> link = Arbitraries.of("a", "dir/a", "nowhere", "../..", "/etc/hostname", "\u00c3\u00a9")
                .map(target -> new Generated(target, Kind.LINK));
        return Arbitraries.maps(name, Arbitraries.frequencyOf(Tuple.of(5, file), Tuple.of(1, link)))
                .ofMaxSize(6)
                .map(GitEnginePropertyTest::withoutClashes);
    }

    /** No name is a directory of another. */
    private static Map<String, Generated> withoutClashes(Map<String, Generated> tree) {
        Map<String, Generated> kept = new TreeMap<>(tree);
        kept.keySet().removeIf(name -> tree.keySet().stream().anyMatch(other -> other.startsWith(name + "/")));
        return kept;
    }

    private static void write(Path directory, Map<String, Generated> tree) throws IOException {
        for (Map.Entry<String, Generated> file : tree.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Generated generated = file.getValue();
            if (generated.kind() == Kind.LINK) {
                Files.createSymbolicLink(path, Path.of(ByteText.utf8(generated.bytes())));
                continue;
            }
            Files.write(path, generated.bytes().getBytes(StandardCharsets.ISO_8859_1));
            Files.setPosixFilePermissions(
                    path,
                    PosixFilePermissions.fromString(generated.kind() == Kind.PROGRAM ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static void clear(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            for (Path entry : entries.filter(path -> !path.endsWith(".git")).toList()) {
                PrivateGitDir.delete(entry);
            }
        }
    }

    /** Names to bytes, and whether it is executable. */
    private static Map<String, String> contents(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.startsWith(directory.resolve(".git")))
                    .collect(Collectors.toMap(
                            file -> directory.relativize(file).toString(), GitEnginePropertyTest::content));
        }
    }

    private static String content(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return "-> " + Files.readSymbolicLink(file);
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1) + (Files.isExecutable(file) ? "x" : "-");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
