package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class UnifiedDiffTest {
    private static final String TWO_HUNKS = """
            diff --git a/a b/a
            index 1111111..2222222 100644
            --- a/a
            +++ b/a
            @@ -1,2 +1,2 @@ int main()
             one
            -two
            +zwei
            @@ -9 +9 @@
            -nine
            \\ No newline at end of file
            +neun
            """;

    /** What git makes of two files leads from the one to the other, byte for byte. */
    @Property(tries = 60)
    void hunksLeadFromTheOldFileToTheNew(@ForAll("contents") String before, @ForAll("contents") String after)
            throws IOException {
        Path directory = Files.createTempDirectory("diff");
        Files.writeString(directory.resolve("old"), before, StandardCharsets.ISO_8859_1);
        Files.writeString(directory.resolve("new"), after, StandardCharsets.ISO_8859_1);
        String diff = gitDiff(directory);

        List<FilePatch> files = UnifiedDiff.parse(diff);

        if (before.equals(after)) {
            assertThat(files).isEmpty();
        } else {
            assertThat(files).hasSize(1);
            assertThat(files.get(0).text()).isEqualTo(diff);
            assertThat(applied(before, files.get(0).hunks())).isEqualTo(after);
        }
    }

    /** However a diff is cut, its beginning is read, and only whole hunks of it. */
    @Property(tries = 200)
    void theBeginningOfADiffIsRead(@ForAll Random random) {
        List<Hunk> whole = UnifiedDiff.parse(TWO_HUNKS).get(0).hunks();
        String beginning = TWO_HUNKS.substring(0, random.nextInt(TWO_HUNKS.length()));

        for (FilePatch file : UnifiedDiff.parseBeginning(beginning)) {
            assertThat(file.hunks()).isEqualTo(whole.subList(0, file.hunks().size()));
            assertThat(beginning).startsWith(file.text());
            assertThat(file.hunks().size() == 2 || file.truncated()).isTrue();
        }
    }

    @Property(tries = 2000)
    void nothingElseIsThrownWhateverComes(@ForAll Random random) {
        StringBuilder text = new StringBuilder(TWO_HUNKS.repeat(random.nextInt(3)));
        String[] pieces = {
            "diff --git ",
            "@@ -1,999999999 +1 @@\n",
            "@@ -0,0 +0,0 @@\n",
            "\n",
            "\\ ",
            "\"",
            "\"a/\\",
            " b/",
            "rename from ",
            "rename to \"\n",
            "GIT binary patch\n",
            "Binary files ",
            "* Unmerged path x\n",
            "+",
            "-",
            " ",
            "new file mode \n",
            "@@ -99999999999 +1 @@\n",
            "\u0000",
            "diff --git a/x b/x\n",
            "diff --git \"a/\\7\" \"b/\\7\"\n",
            "--- "
        };
        for (int i = random.nextInt(12); i >= 0; i--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(6));
            text.replace(from, to, pieces[random.nextInt(pieces.length)]);
        }
        try {
            UnifiedDiff.parseBeginning(text.toString());
            UnifiedDiff.parse(text.toString());
        } catch (DiffSyntaxException expected) {
            assertThat(expected).hasMessageStartingWith("Line ");
        }
    }

    @Test
    void aLargeDiffTakesNoLongTime() {
        String lines = "+\n".repeat(500_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(UnifiedDiff.parse("diff --git a/a b/a\n@@ -0,0 +1,500000 @@\n" + lines))
                    .hasSize(1);
            UnifiedDiff.parse("diff --git a/a b/a\n" + "@@ -0,0 +0,0 @@\n".repeat(100_000));
            UnifiedDiff.parse("diff --git a/a b/a\n".repeat(50_000));
            UnifiedDiff.parseBeginning("diff --git a/" + "a ".repeat(250_000) + " b/" + "a ".repeat(250_000));
        });
    }

    /** Lines of a file that look like headers are counted as its lines. */
    @Test
    void contentIsNeverTakenForAHeader() {
        List<FilePatch> files = UnifiedDiff.parse("""
                diff --git a/a b/a
                --- a/a
                +++ b/a
                @@ -1,2 +1,3 @@
                --- a/other
                +diff --git a/x b/x
                +++ b/other
                 @@ -1 +1 @@
                """);

        assertThat(files).hasSize(1);
        assertThat(files.get(0).hunks()).hasSize(1);
        assertThat(files.get(0).hunks().get(0).lines()).hasSize(4);
    }

    @Test
    void namesAreExact() {
        String diff = """
                diff --git a/a b b/a b
                old mode 100644
                new mode 100755
                diff --git a/x b/x b/x b/x
                new file mode 100644
                diff --git "a/q\\"\\n\\303\\251\\351" "b/q\\"\\n\\303\\251\\351"
                deleted file mode 120000
                diff --git a/old name "b/new\\tname"
                similarity index 100%
                rename from old name
                rename to "new\\tname"
                """;

        assertThat(UnifiedDiff.parse(diff))
                .extracting(FilePatch::type, FilePatch::file, FilePatch::oldFile)
                .containsExactly(
                        tuple(ChangeType.MODIFIED, "a b", null),
                        tuple(ChangeType.ADDED, "x b/x", null),
                        tuple(ChangeType.DELETED, "q\"\n\u00c3\u00a9\u00e9", null),
                        tuple(ChangeType.RENAMED, "new\tname", "old name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "diff --git a/a b/b\n",
                "diff --git a/a b/a\nx\n",
                "diff --git a/a b/a\nrename from a\n",
                "diff --git a/a b/a\n@@ -1 +1 @@\n",
                "diff --git a/a b/a\n@@ -1 +1 @@\n-a\n-b\n",
                "diff --git a/a b/a\n@@ -1 +1 @@\n\n",
                "diff --git a/a b/a\n@@ -x +1 @@\n",
                "diff --git \"a/\\x\" \"b/\\x\"\n",
                "diff --cc a\n"
            })
    void whatIsNoDiffIsRefused(String text) {
        assertThatExceptionOfType(DiffSyntaxException.class).isThrownBy(() -> UnifiedDiff.parse(text));
    }

    @Property(tries = 300)
    void namesForClientsAreDifferentForDifferentNames(
            @ForAll("contents") String one, @ForAll("contents") String other) {
        assertThat(ByteText.name(one).equals(ByteText.name(other))).isEqualTo(one.equals(other));
    }

    @Provide
    Arbitrary<String> contents() {
        Arbitrary<String> line = Arbitraries.of(
                "",
                " ",
                "same",
                "-- a/x",
                "++ b/x",
                "@@ -1 +1 @@",
                "diff --git a/a b/a",
                "\r",
                "x\r",
                "\u00e9",
                "\u00c3\u00a9",
                "\"",
                "\\ No newline at end of file",
                "\t",
                "\"x\\303\"");
        return line.list().ofMaxSize(25).flatMap(lines -> Arbitraries.of("", "\n", "end")
                .map(end -> lines.stream().map(each -> each + "\n").collect(Collectors.joining("", "", end))));
    }

    private static String applied(String before, List<Hunk> hunks) {
        List<String> old = lines(before);
        StringBuilder made = new StringBuilder();
        int at = 0;
        for (Hunk hunk : hunks) {
            int start = hunk.lenOld() == 0 ? hunk.startOld() : hunk.startOld() - 1;
            old.subList(at, start).forEach(made::append);
            at = start;
            char last = ' ';
            for (String line : hunk.lines()) {
                char kind = line.charAt(0);
                if (kind == '\\' && last != '-') {
                    made.setLength(made.length() - 1);
                } else if (kind == ' ' || kind == '-') {
                    assertThat(old.get(at).replaceFirst("\n$", "")).isEqualTo(line.substring(1));
                    at++;
                }
                if (kind == ' ' || kind == '+') {
                    made.append(line, 1, line.length()).append('\n');
                }
                last = kind;
            }
        }
        old.subList(at, old.size()).forEach(made::append);
        return made.toString();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            lines.add(text.substring(at, end < 0 ? text.length() : end + 1));
            at = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }

    private static String gitDiff(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "git", "diff", "--no-index", "--text", "--src-prefix=a/", "--dst-prefix=b/", "old", "new")
                .directory(directory.toFile());
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        String diff = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        return diff.replaceFirst("^diff --git a/old b/new\n", "diff --git a/old b/old\n");
    }
}
