package dev.cockpitcoder.workspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A hunk of a unified diff, byte for byte; see {@link ByteText}.
 *
 * @param startOld the number of its first line in the old file, from 1; 0 when it takes no line from it
 * @param lines without their line feeds; each with its first character: a space, {@code +}, {@code -} or {@code \}
 */
public record Hunk(int startOld, int lenOld, int startNew, int lenNew, List<String> lines) {
    private static final int ID_BYTES = 10;

    public Hunk {
        lines = List.copyOf(lines);
    }

    /**
     * Names this hunk of this file by its content: the same as long as the same lines change at the same place of the base.
     *
     * @param file as {@link FilePatch#file}
     */
    String id(String file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((file + '\0' + startOld + ' ' + lenOld + ' ' + lenNew + '\0' + String.join("\n", lines))
                    .getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * As git writes it.
     *
     * @param shift how many lines earlier hunks of the same file add before it
     */
    String text(int shift) {
        // a hunk without lines on one side names the line before it (diff(1))
        int start = startOld + shift + (lenOld == 0 && lenNew > 0 ? 1 : 0) - (lenNew == 0 && lenOld > 0 ? 1 : 0);
        return "@@ -" + startOld + "," + lenOld + " +" + start + "," + lenNew + " @@\n" + String.join("\n", lines)
                + "\n";
    }
}
