package dev.cockpitcoder.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads diffs as git writes them with the prefixes {@code a/} and {@code b/} (git-diff(1), "Generating patch text with -p"). The
 * lines of a hunk are counted, so nothing that stands in a file can be taken for a header. For one use.
 */
final class UnifiedDiff {
    private static final String SECTION = "diff --git ";
    private static final String NO_NEWLINE = "\\ ";
    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@.*", Pattern.DOTALL);

    private final String text;
    /** Whether the diff goes on after the text. */
    private final boolean cut;

    private int at;
    private int line;

    private UnifiedDiff(String text, boolean cut) {
        this.text = cut ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
        this.cut = cut;
    }

    /** @throws DiffSyntaxException when this is no such diff */
    static List<FilePatch> parse(String text) {
        return new UnifiedDiff(text, false).files();
    }

    /** The same for the beginning of a diff: what is not complete at its end is left out. */
    static List<FilePatch> parseBeginning(String text) {
        return new UnifiedDiff(text, true).files();
    }

    private List<FilePatch> files() {
        List<FilePatch> files = new ArrayList<>();
        while (!atEnd()) {
            if (startsWith("* Unmerged path ")) {
                next();
            } else if (startsWith(SECTION)) {
                FilePatch file = file();
                if (file != null) {
                    files.add(file);
                }
            } else {
                throw expected("\"diff --git\"");
            }
        }
        return files;
    }

    /** @return null when its header is not complete */
    private FilePatch file() {
        int begin = at;
        PatchHeader header = new PatchHeader(next().substring(SECTION.length()), line);
        while (!atEnd() && !startsWith("@@ ") && !startsWith(SECTION) && !startsWith("* Unmerged path ")) {
            String read = next();
            if (!header.accept(read)) {
                throw new DiffSyntaxException(line, "a header line of git is expected");
            }
        }
        if (atEnd() && cut) {
            return null;
        }
        List<Hunk> hunks = new ArrayList<>();
        int end = at;
        boolean complete = true;
        while (complete && startsWith("@@ ")) {
            Hunk hunk = hunk();
            complete = hunk != null;
            if (complete) {
                hunks.add(hunk);
                end = at;
            }
        }
        return header.patch(hunks, text.substring(begin, end), !complete);
    }

    /** @return null when it is not complete */
    private Hunk hunk() {
        Matcher header = HUNK.matcher(next());
        if (!header.matches()) {
            throw new DiffSyntaxException(line, "a hunk's header is expected");
        }
        int lenOld = length(header.group(2));
        int lenNew = length(header.group(4));
        List<String> lines = new ArrayList<>();
        int oldLeft = lenOld;
        int newLeft = lenNew;
        while (oldLeft > 0 || newLeft > 0 || startsWith(NO_NEWLINE)) {
            if (atEnd()) {
                if (cut) {
                    return null;
                }
                throw expected("more lines of the hunk");
            }
            String read = next();
            char kind = read.isEmpty() ? '\n' : read.charAt(0);
            switch (kind) {
                case ' ' -> {
                    oldLeft--;
                    newLeft--;
                }
                case '-' -> oldLeft--;
                case '+' -> newLeft--;
                case '\\' -> {}
                default -> throw new DiffSyntaxException(line, "a line of the hunk is expected");
            }
            if (oldLeft < 0 || newLeft < 0) {
                throw new DiffSyntaxException(line, "the hunk has more lines than it says");
            }
            lines.add(read);
        }
        // a remark on its last line may be what was cut off
        return atEnd() && cut
                ? null
                : new Hunk(Integer.parseInt(header.group(1)), lenOld, Integer.parseInt(header.group(3)), lenNew, lines);
    }

    private static int length(String group) {
        return group == null ? 1 : Integer.parseInt(group);
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private boolean startsWith(String beginning) {
        return text.startsWith(beginning, at);
    }

    private String next() {
        int end = text.indexOf('\n', at);
        String read = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        line++;
        return read;
    }

    private DiffSyntaxException expected(String what) {
        return new DiffSyntaxException(line + 1, what + " is expected");
    }
}
