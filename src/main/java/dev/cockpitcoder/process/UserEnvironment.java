package dev.cockpitcoder.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The environment every child begins with: built from what is known of the user, so that nothing of the server's is in it. */
public final class UserEnvironment {
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private UserEnvironment() {}

    /** A new map, to be added to. */
    public static Map<String, String> create() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", home());
        environment.put("USER", user());
        environment.put("LOGNAME", user());
        environment.put("PATH", PATH);
        return environment;
    }

    /**
     * Where a program is on {@link #PATH}; an absolute path is itself.
     *
     * @return empty when there is no such program
     */
    public static Optional<Path> find(String program) {
        return Arrays.stream(PATH.split(":"))
                .map(directory -> Path.of(directory).resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** {@code HOME} as the server was given it; else the one of the list of users, which a container may not have. */
    private static String home() {
        String home = System.getenv("HOME");
        return home != null && Path.of(home).isAbsolute() ? home : System.getProperty("user.home");
    }

    public static String user() {
        return System.getProperty("user.name");
    }
}
