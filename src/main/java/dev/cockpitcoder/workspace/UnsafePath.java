package dev.cockpitcoder.workspace;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that mean a git directory, on some file system, or a place outside of the repository; see git's {@code verify_path}. */
public final class UnsafePath {
    /** What HFS+ ignores in a name (git's utf8.c, {@code next_hfs_char}). */
    private static final Pattern IGNORED = Pattern.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]");

    private static final Pattern GIT = Pattern.compile("(\\.git|git~[0-9])[ .]*(:.*)?");

    private UnsafePath() {}

    /** @param name as clients know it; see {@link PatchView#file} */
    public static boolean isNamed(String name) {
        try {
            return is(name.startsWith("\"") ? ByteText.unquote(name) : ByteText.bytes(name));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param name a path as git writes it, a character a byte */
    static boolean is(String name) {
        return name.startsWith("/")
                || name.matches("[A-Za-z]:.*")
                || Arrays.stream(name.split("[/\\\\]", -1))
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals("..") || isGit(part));
    }

    /** Whether a part of the path is {@code .git} in any spelling of its letters: git takes no such file. */
    static boolean hasGitPart(String name) {
        return Arrays.stream(name.split("/")).anyMatch(part -> part.equalsIgnoreCase(".git"));
    }

    private static boolean isGit(String part) {
        String plain = IGNORED.matcher(ByteText.utf8(part)).replaceAll("").toLowerCase(Locale.ROOT);
        return GIT.matcher(plain).matches();
    }
}
