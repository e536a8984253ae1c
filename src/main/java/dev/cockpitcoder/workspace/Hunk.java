package dev.cockpitcoder.workspace;

import java.util.List;

/**
 * A hunk of a unified diff, byte for byte; see {@link ByteText}.
 *
 * @param startOld the number of its first line in the old file, from 1; 0 when it takes no line from it
 * @param lines without their line feeds; each with its first character: a space, {@code +}, {@code -} or {@code \}
 */
record Hunk(int startOld, int lenOld, int startNew, int lenNew, List<String> lines) {
    Hunk {
        lines = List.copyOf(lines);
    }
}
