package dev.cockpitcoder.workspace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The few settings of a repository that say what its files mean and where its branch comes from. None of them can name a program,
 * or a file to be read.
 *
 * @param file the text of a git configuration file: how the repository is stored, which git reads nowhere else
 * @param variables the rest as {@code GIT_CONFIG_…} (git(1)), where nothing needs to be escaped
 */
record SafeConfig(String file, Map<String, String> variables) {
    static final SafeConfig NONE = new SafeConfig(storage(""), Map.of());

    private static final Set<String> ABOUT_FILES = Set.of(
            "core.autocrlf",
            "core.eol",
            "core.filemode",
            "core.ignorecase",
            "core.symlinks",
            "core.trustctime",
            "core.checkstat",
            "core.precomposeunicode");
    private static final String OBJECT_FORMAT = "extensions.objectformat";
    private static final String REF_STORAGE = "extensions.refstorage";
    private static final int MAX_SETTINGS = 100;
    private static final int MAX_BYTES = 1 << 20;

    private record Setting(String key, String value) {}

    SafeConfig {
        variables = Map.copyOf(variables);
    }

    /**
     * Those of a configuration file of somebody else.
     *
     * @param directory a git directory of our own, to run git in
     */
    static SafeConfig read(Git git, Path directory, Path file, String branch) {
        if (!Files.exists(file)) {
            return NONE;
        }
        Git.Answer all = git.run(
                directory,
                Map.of("GIT_DIR", directory.toString()),
                MAX_BYTES,
                "config",
                "--file",
                file.toString(),
                "--no-includes",
                "--null",
                "--list");
        return of(all.require().output(), branch);
    }

    /**
     * @param listed the output of {@code git config --null --list}
     * @param branch the branch that is checked out; null for none
     */
    static SafeConfig of(String listed, String branch) {
        List<Setting> all = new ArrayList<>();
        for (String entry : listed.split("\0")) {
            int end = entry.indexOf('\n');
            // a key without a value means true
            all.add(
                    end < 0
                            ? new Setting(ByteText.utf8(entry), "true")
                            : new Setting(
                                    ByteText.utf8(entry.substring(0, end)), ByteText.utf8(entry.substring(end + 1))));
        }
        String remoteKey = "branch." + branch + ".remote";
        String remote = last(all, remoteKey);
        Set<String> ofBranch = branch == null
                ? Set.of()
                : Set.of(remoteKey, "branch." + branch + ".merge", "remote." + remote + ".fetch");
        Map<String, String> variables = new HashMap<>();
        int count = 0;
        for (Setting setting : all) {
            if (count < MAX_SETTINGS && (ABOUT_FILES.contains(setting.key()) || ofBranch.contains(setting.key()))) {
                variables.put("GIT_CONFIG_KEY_" + count, setting.key());
                variables.put("GIT_CONFIG_VALUE_" + count, setting.value());
                count++;
            }
        }
        variables.put("GIT_CONFIG_COUNT", String.valueOf(count));
        return new SafeConfig(storage(extensions(all)), variables);
    }

    private static String extensions(List<Setting> all) {
        StringBuilder lines = new StringBuilder();
        if ("sha256".equals(last(all, OBJECT_FORMAT))) {
            lines.append("[extensions]\n\tobjectformat = sha256\n");
        }
        if ("reftable".equals(last(all, REF_STORAGE))) {
            // a git that does not know it says so
            lines.append("[extensions]\n\trefstorage = reftable\n");
        }
        return lines.toString();
    }

    private static String storage(String extensions) {
        return "[core]\n\trepositoryformatversion = " + (extensions.isEmpty() ? 0 : 1) + "\n\tbare = false\n"
                + extensions;
    }

    private static String last(List<Setting> all, String key) {
        return all.stream()
                .filter(setting -> setting.key().equals(key))
                .reduce((earlier, later) -> later)
                .map(Setting::value)
                .orElse(null);
    }
}
