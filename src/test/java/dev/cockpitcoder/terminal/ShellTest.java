package dev.cockpitcoder.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShellTest {
    @Test
    void theEnvironmentIsBuiltAndNotInherited() {
        Map<String, String> environment =
                Shell.environment(Path.of("/bin/bash"), Map.of("LANG", "de_DE.UTF-8", "X", "1"));

        assertThat(environment)
                .containsOnlyKeys(
                        "TERM", "COLORTERM", "TERM_PROGRAM", "HOME", "USER", "LOGNAME", "PATH", "SHELL", "LANG", "X")
                .containsEntry("TERM", "xterm-256color")
                .containsEntry("SHELL", "/bin/bash")
                .containsEntry("LANG", "de_DE.UTF-8");
    }

    @Test
    void knownShellsAreLoginShells() {
        assertThat(Shell.command(Path.of("/usr/bin/zsh"))).isEqualTo(List.of("/usr/bin/zsh", "-l"));
        assertThat(Shell.command(Path.of("/opt/nu"))).isEqualTo(List.of("/opt/nu"));
    }

    @Test
    void thisUserHasAShell() {
        assertThat(Files.isExecutable(Shell.ofThisUser())).isTrue();
    }
}
