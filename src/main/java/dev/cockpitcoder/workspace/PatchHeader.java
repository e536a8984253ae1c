package dev.cockpitcoder.workspace;

import java.util.List;

/** The lines of a diff between {@code diff --git} and the first hunk of a file. */
final class PatchHeader {
    private final String names;
    private final int line;
    private ChangeType type = ChangeType.MODIFIED;
    private String oldFile;
    private String newFile;
    private String oldMode;
    private String newMode;
    private boolean binary;
    private boolean encoded;

    /** @param names what follows {@code diff --git} */
    PatchHeader(String names, int line) {
        this.names = names;
        this.line = line;
    }

    /** @return false when it is no line of a header */
    boolean accept(String read) {
        if (encoded) {
            return true;
        }
        if (read.startsWith("old mode ")) {
            oldMode = after(read, "old mode ");
        } else if (read.startsWith("new mode ")) {
            newMode = after(read, "new mode ");
        } else if (read.startsWith("new file mode ")) {
            type = ChangeType.ADDED;
            newMode = after(read, "new file mode ");
        } else if (read.startsWith("deleted file mode ")) {
            type = ChangeType.DELETED;
            oldMode = after(read, "deleted file mode ");
        } else if (read.startsWith("rename from ")) {
            type = ChangeType.RENAMED;
            oldFile = name(after(read, "rename from "));
        } else if (read.startsWith("rename to ")) {
            newFile = name(after(read, "rename to "));
        } else if (read.startsWith("Binary files ") || read.equals("GIT binary patch")) {
            binary = true;
            encoded = !read.startsWith("Binary");
        } else {
            return read.startsWith("index ")
                    || read.startsWith("similarity index ")
                    || read.startsWith("dissimilarity index ")
                    || read.startsWith("--- ")
                    || read.startsWith("+++ ");
        }
        return true;
    }

    FilePatch patch(List<Hunk> hunks, String text, boolean truncated) {
        boolean renamed = type == ChangeType.RENAMED;
        if (renamed && (oldFile == null || newFile == null)) {
            throw new DiffSyntaxException(line, "a rename names two files");
        }
        return new FilePatch(
                type,
                renamed ? newFile : sameName(),
                renamed ? oldFile : null,
                oldMode,
                newMode,
                binary,
                hunks,
                text,
                truncated);
    }

    /** Both names are the same, and may have spaces: each is one half, as git-apply(1) finds them. */
    private String sameName() {
        int half = names.length() / 2;
        boolean quoted = names.startsWith("\"");
        int prefix = quoted ? 3 : 2;
        if (names.length() == 2 * half + 1 && half > prefix && names.charAt(half) == ' ') {
            String left = names.substring(0, half);
            String right = names.substring(half + 1);
            if (left.startsWith(quoted ? "\"a/" : "a/")
                    && right.startsWith(quoted ? "\"b/" : "b/")
                    && left.substring(prefix).equals(right.substring(prefix))) {
                return name(quoted ? '"' + left.substring(prefix) : left.substring(prefix));
            }
        }
        throw new DiffSyntaxException(line, "a file's name, twice, is expected");
    }

    private String name(String written) {
        try {
            return written.startsWith("\"") ? ByteText.unquote(written) : written;
        } catch (IllegalArgumentException e) {
            throw new DiffSyntaxException(line, "the file's name has " + e.getMessage());
        }
    }

    private static String after(String read, String keyword) {
        return read.substring(keyword.length());
    }
}
