package dev.cockpitcoder.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.FileChange;
import dev.cockpitcoder.workspace.FilePatch;
import dev.cockpitcoder.workspace.HunkView;
import dev.cockpitcoder.workspace.PatchSet;
import dev.cockpitcoder.workspace.PatchView;

/** Makes one text for the agent of what a user says of its hunks: each comment after the lines it is about. */
final class Comments {
    private static final int MAX_COMMENTS = 100;
    private static final int MAX_TEXT_CHARS = 10_000;
    /** Of one hunk; the agent has the file. */
    private static final int MAX_QUOTED_LINES = 60;

    private static final int MAX_QUOTED_CHARS = 400;
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final PatchSet set;

    Comments(PatchSet set) {
        this.set = set;
    }

    /** @throws ProblemException INVALID */
    static void check(List<NewComment> comments) {
        if (comments.size() > MAX_COMMENTS) {
            throw new ProblemException(ProblemCode.INVALID, "comments has at most " + MAX_COMMENTS + " items.");
        }
        for (NewComment comment : comments) {
            if (comment == null || comment.file() == null) {
                throw new ProblemException(ProblemCode.INVALID, "Each of comments must name a file.");
            }
            String text = comment.text();
            if (text == null || text.isBlank() || text.length() > MAX_TEXT_CHARS || text.indexOf('\0') >= 0) {
                throw new ProblemException(
                        ProblemCode.INVALID,
                        "Each of comments must have a text of 1 to " + MAX_TEXT_CHARS + " characters without NUL.");
            }
        }
    }

    /** @throws ProblemException CONFLICT for what is not there (any more) */
    String text(List<NewComment> comments) {
        String head = (comments.size() == 1 ? "A comment" : comments.size() + " comments") + " on your changes in "
                + comments.stream().map(NewComment::file).distinct().collect(Collectors.joining(", ")) + ":";
        return head + "\n\n" + comments.stream().map(this::text).collect(Collectors.joining("\n\n"));
    }

    private String text(NewComment comment) {
        FileChange change = set.changes().stream()
                .filter(candidate -> candidate.file().equals(comment.file()))
                .findFirst()
                .orElseThrow(() -> Selection.noPatch(comment.file()));
        return hunk(change, comment)
                        .map(hunk -> place(change, hunk) + quoted(hunk))
                        .orElseGet(() -> change.file() + ", as a whole:\n")
                + comment.text().strip();
    }

    /** Empty when it is about the whole file. */
    private static Optional<HunkView> hunk(FileChange change, NewComment comment) {
        if (comment.hunk() == null && comment.id() == null) {
            return Optional.empty();
        }
        Integer number = comment.id() == null
                ? comment.hunk()
                : (Integer) change.hunkIds().indexOf(comment.id());
        Selection.requireNumber(change, number);
        if (comment.hunk() != null && !comment.hunk().equals(number)) {
            throw new ProblemException(ProblemCode.INVALID, "hunk and id of a comment name different hunks.");
        }
        List<HunkView> hunks = new ArrayList<>();
        for (FilePatch patch : change.patches()) {
            hunks.addAll(PatchView.of(patch).hunks());
        }
        return Optional.of(hunks.get(number));
    }

    private static String place(FileChange change, HunkView hunk) {
        return change.file() + (hunk.lenNew() == 0 ? ", after line " : ", from line ") + hunk.startNew() + ":\n";
    }

    private static String quoted(HunkView hunk) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "@@ -" + hunk.startOld() + "," + hunk.lenOld() + " +" + hunk.startNew() + "," + hunk.lenNew() + " @@");
        hunk.lines().stream().limit(MAX_QUOTED_LINES).map(Comments::shortened).forEach(lines::add);
        int more = hunk.lines().size() - MAX_QUOTED_LINES;
        if (more > 0) {
            lines.add("[" + more + " more lines]");
        }
        String text = String.join("\n", lines);
        // longer than any in the lines, so that none of them ends it
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return fence + "diff\n" + text + "\n" + fence + "\n";
    }

    private static String shortened(String line) {
        String shown = line.length() > MAX_QUOTED_CHARS ? line.substring(0, MAX_QUOTED_CHARS) + "…" : line;
        return shown.replace('\0', '\ufffd');
    }
}
