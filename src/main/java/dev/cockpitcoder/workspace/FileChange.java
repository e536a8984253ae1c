package dev.cockpitcoder.workspace;

import java.util.List;
import java.util.Objects;

/**
 * What becomes of one file between two trees. A file that becomes a link, or the reverse, has two patches with one name.
 *
 * @param oldMode octal; {@code 000000} when there was none
 * @param newMode octal; {@code 000000} when there is none
 * @param newId the object's; zeros when there is none
 */
public record FileChange(List<FilePatch> patches, String oldMode, String newMode, String newId) {
    private static final String LINK = "120000";
    private static final String GITLINK = "160000";
    private static final String NONE = "000000";

    public FileChange {
        patches = List.copyOf(patches);
    }

    /** Its name afterwards, for clients; see {@link PatchView#file}. */
    public String file() {
        return ByteText.name(last().file());
    }

    /** How many hunks its patches have. */
    public int hunks() {
        return patches.stream().mapToInt(patch -> patch.hunks().size()).sum();
    }

    /** The ids of its hunks, in their order. */
    public List<String> hunkIds() {
        return patches.stream()
                .flatMap(patch -> patch.hunks().stream().map(hunk -> hunk.id(patch.file())))
                .toList();
    }

    /** Whether some of its hunks can be taken without the others: it stays the file it is, and has lines. */
    public boolean divisible() {
        return patches.size() == 1 && last().type() == ChangeType.MODIFIED && Objects.equals(oldMode, newMode);
    }

    /** Why it may never be applied; null when it may. */
    public String refusal() {
        if (patches.stream()
                .anyMatch(patch ->
                        UnsafePath.is(patch.file()) || patch.oldFile() != null && UnsafePath.is(patch.oldFile()))) {
            return "its name leads outside of the repository or into a git directory";
        }
        return switch (newMode) {
            case LINK -> "it is a symbolic link";
            case GITLINK -> "it is a submodule";
            default -> oldMode.equals(GITLINK) ? "it was a submodule" : null;
        };
    }

    boolean deleted() {
        return newMode.equals(NONE);
    }

    FilePatch last() {
        return patches.get(patches.size() - 1);
    }
}
