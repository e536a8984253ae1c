package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.cockpitcoder.server.InvalidSetting;
import dev.cockpitcoder.server.Settings;

/**
 * @param allowedRoots the real paths of {@code REPO_ALLOWLIST}: these directories and what is below them; empty allows nothing
 * @param git {@code GIT_PROGRAM}: the absolute path of git
 */
record WorkspaceConfig(List<Path> allowedRoots, Path git) {
    private static final String ALLOWLIST = "REPO_ALLOWLIST";

    static WorkspaceConfig read(Settings settings) {
        List<Path> roots = new ArrayList<>();
        for (String value : settings.list(ALLOWLIST)) {
            roots.add(realRoot(value));
        }
        return new WorkspaceConfig(
                List.copyOf(roots),
                settings.parsed("GIT_PROGRAM", Path::of, "a path").orElseGet(Git::onPath));
    }

    private static Path realRoot(String value) {
        Path path = Path.of(value);
        if (!path.isAbsolute()) {
            throw new InvalidSetting(ALLOWLIST, "must list absolute paths, but has '" + value + "'");
        }
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new InvalidSetting(ALLOWLIST, "lists a directory that is not there: " + value, e);
        }
    }
}
