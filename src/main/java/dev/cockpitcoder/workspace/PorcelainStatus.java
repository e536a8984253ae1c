package dev.cockpitcoder.workspace;

import java.util.ArrayList;
import java.util.List;

/** Reads what {@code git status --porcelain=v2 -z --branch} writes (git-status(1), "Porcelain Format Version 2"). For one use. */
final class PorcelainStatus {
    private static final int MAX_FILES = 1000;
    /** How many fields stand before the name, by the kind of a line. */
    private static final int ORDINARY = 8;

    private static final int RENAMED = 9;
    private static final int UNMERGED = 10;

    private final List<ChangeView> files = new ArrayList<>();
    private String branch;
    private String head;
    private String upstream;
    private Integer ahead;
    private Integer behind;
    private int changed;
    private int staged;
    private int unstaged;
    private int untracked;
    private int conflicted;

    private PorcelainStatus() {}

    /**
     * @param output as git wrote it; see {@link ByteText}
     * @param cut whether it goes on
     * @param operation null for none
     */
    static StatusView parse(String output, boolean cut, Operation operation) {
        PorcelainStatus status = new PorcelainStatus();
        status.read(output);
        return status.view(cut, operation);
    }

    private void read(String output) {
        int at = 0;
        for (int end; (end = output.indexOf('\0', at)) >= 0; ) {
            String entry = output.substring(at, end);
            at = end + 1;
            if (entry.startsWith("2 ")) {
                int oldEnd = output.indexOf('\0', at);
                if (oldEnd < 0) {
                    return;
                }
                tracked(entry, name(entry, RENAMED), ByteText.name(output.substring(at, oldEnd)));
                at = oldEnd + 1;
            } else {
                read(entry, entry.isEmpty() ? ' ' : entry.charAt(0));
            }
        }
    }

    private void read(String entry, char kind) {
        switch (kind) {
            case '#' -> header(entry);
            case '1' -> tracked(entry, name(entry, ORDINARY), null);
            case 'u' -> {
                conflicted++;
                add(new ChangeView(name(entry, UNMERGED), null, null, null, conflict(state(entry)), false));
            }
            case '?' -> {
                untracked++;
                add(new ChangeView(name(entry, 1), null, null, null, null, true));
            }
            default -> {
                // git-status(1): what is not known is to be ignored
            }
        }
    }

    private void header(String entry) {
        String[] words = entry.split(" ", 3);
        if (words.length < 3) {
            return;
        }
        switch (words[1]) {
            case "branch.oid" -> head = words[2].equals("(initial)") ? null : words[2];
            case "branch.head" -> branch = words[2].equals("(detached)") ? null : ByteText.utf8(words[2]);
            case "branch.upstream" -> upstream = ByteText.utf8(words[2]);
            case "branch.ab" -> {
                String[] counts = words[2].split(" ");
                if (words[2].matches("\\+\\d{1,9} -\\d{1,9}")) {
                    ahead = Integer.valueOf(counts[0].substring(1));
                    behind = Integer.valueOf(counts[1].substring(1));
                }
            }
            default -> {
                // as above
            }
        }
    }

    private void tracked(String entry, String name, String oldName) {
        String state = state(entry);
        String inIndex = change(state.charAt(0));
        String inTree = change(state.charAt(1));
        staged += inIndex == null ? 0 : 1;
        unstaged += inTree == null ? 0 : 1;
        add(new ChangeView(name, oldName, inIndex, inTree, null, false));
    }

    private void add(ChangeView change) {
        changed++;
        if (files.size() < MAX_FILES) {
            files.add(change);
        }
    }

    private static String state(String entry) {
        return entry.length() < 4 ? ".." : entry.substring(2, 4);
    }

    /** The name is the last field and may have spaces. */
    private static String name(String entry, int fieldsBefore) {
        String[] fields = entry.split(" ", fieldsBefore + 1);
        return ByteText.name(fields[fields.length - 1]);
    }

    private static String change(char state) {
        return switch (state) {
            case 'A' -> "added";
            case 'M' -> "modified";
            case 'D' -> "deleted";
            case 'R' -> "renamed";
            case 'C' -> "copied";
            case 'T' -> "type_changed";
            default -> null;
        };
    }

    private static String conflict(String state) {
        return switch (state) {
            case "DD" -> "both_deleted";
            case "AU" -> "added_by_us";
            case "UD" -> "deleted_by_them";
            case "UA" -> "added_by_them";
            case "DU" -> "deleted_by_us";
            case "AA" -> "both_added";
            default -> "both_modified";
        };
    }

    private StatusView view(boolean cut, Operation operation) {
        return new StatusView(
                branch,
                branch == null,
                head,
                upstream,
                ahead,
                behind,
                operation == null ? null : operation.text(),
                files,
                changed,
                staged,
                unstaged,
                untracked,
                conflicted,
                cut || changed > files.size());
    }
}
