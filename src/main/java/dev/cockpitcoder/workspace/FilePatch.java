package dev.cockpitcoder.workspace;

import java.util.List;

/**
 * What a diff does to one file, byte for byte; see {@link ByteText}.
 *
 * @param file its name afterwards, or the one it had when it is deleted
 * @param oldFile the name it had; null unless it is renamed
 * @param oldMode octal, such as {@code 100755}; null when it stays or there was none
 * @param newMode as {@code oldMode}
 * @param binary whether it has no lines; it has no hunks then
 * @param text the part of the diff that is this file's
 * @param truncated whether hunks at its end are missing
 */
public record FilePatch(
        ChangeType type,
        String file,
        String oldFile,
        String oldMode,
        String newMode,
        boolean binary,
        List<Hunk> hunks,
        String text,
        boolean truncated) {
    public FilePatch {
        hunks = List.copyOf(hunks);
    }

    /** The lines before its first hunk. */
    String header() {
        int hunk = text.indexOf("\n@@ ");
        return hunk < 0 ? text : text.substring(0, hunk + 1);
    }
}
