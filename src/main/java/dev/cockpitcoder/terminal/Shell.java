package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.process.UserEnvironment;

/** Which shell is started, how, and with which environment: one that is built, so that nothing of the server's is in it. */
final class Shell {
    private static final Logger LOG = Logger.getLogger(Shell.class.getName());
    private static final Path FALLBACK = Path.of("/bin/sh");
    private static final Path USERS = Path.of("/etc/passwd");
    private static final int USER_FIELD = 0;
    private static final int SHELL_FIELD = 6;
    private static final Set<String> KNOW_LOGIN = Set.of("bash", "zsh", "fish", "sh", "dash", "ash", "ksh", "mksh");

    private Shell() {}

    /** The login shell that passwd(5) has for the user of this server; {@code /bin/sh} when there is none of use. */
    static Path ofThisUser() {
        try {
            return Files.readAllLines(USERS, StandardCharsets.ISO_8859_1).stream()
                    .map(line -> line.split(":"))
                    .filter(fields -> fields.length > SHELL_FIELD && fields[USER_FIELD].equals(UserEnvironment.user()))
                    .map(fields -> Path.of(fields[SHELL_FIELD]))
                    .filter(Shell::isUseful)
                    .findFirst()
                    .orElse(FALLBACK);
        } catch (IOException e) {
            LOG.log(Level.FINE, "There is no list of users", e);
            return FALLBACK;
        }
    }

    /** A service's user has a shell that says no. */
    private static boolean isUseful(Path shell) {
        String name = shell.getFileName() == null ? "" : shell.getFileName().toString();
        return Files.isExecutable(shell) && !name.equals("nologin") && !name.equals("false");
    }

    /** As a login shell, where the shell is known to understand that. */
    static List<String> command(Path shell) {
        String name = String.valueOf(shell.getFileName());
        return KNOW_LOGIN.contains(name) ? List.of(shell.toString(), "-l") : List.of(shell.toString());
    }

    /** @param configured wins over what is built here */
    static Map<String, String> environment(Path shell, Map<String, String> configured) {
        Map<String, String> environment = UserEnvironment.create();
        environment.put("TERM", "xterm-256color");
        environment.put("COLORTERM", "truecolor");
        environment.put("TERM_PROGRAM", "cockpit-coder");
        environment.put("SHELL", shell.toString());
        environment.putAll(configured);
        return environment;
    }
}
