package dev.cockpitcoder.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.UserEnvironment;

/** How an agent's process is started: what it is given, what it sees, and where it may write. */
record AgentLaunch(AgentProfile profile, Turn turn, Path dataDirectory) {
    private static final int MAX_CONTEXT_CHARS = 100_000;

    Launch of(List<String> argv) {
        List<String> resolved = new ArrayList<>(argv);
        profile.program().ifPresent(program -> resolved.set(0, program.toString()));
        return Launch.confined(
                profile.sandbox(),
                resolved,
                environment(),
                turn.files(),
                List.of(turn.files(), turn.home()),
                List.of(realHome(), dataDirectory),
                shown(resolved));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = UserEnvironment.create();
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.put("NO_COLOR", "1");
        if (profile.sandbox() == Isolation.BUBBLEWRAP) {
            environment.put("HOME", turn.home().toString());
        }
        if (turn.context() != null && turn.context().length() <= MAX_CONTEXT_CHARS) {
            environment.put("COCKPIT_CONTEXT", turn.context());
        }
        environment.putAll(profile.environment());
        return environment;
    }

    private static Path realHome() {
        return Path.of(UserEnvironment.create().get("HOME"));
    }

    /** The program, files its profile names, and the objects that the working copy borrows. */
    private List<Path> shown(List<String> argv) {
        List<Path> shown = new ArrayList<>();
        for (int i = 0; i < argv.size(); i++) {
            boolean ours =
                    i == 0 || i < profile.argv().size() && profile.argv().get(i).equals(argv.get(i));
            if (ours && argv.get(i).startsWith("/") && Files.isRegularFile(Path.of(argv.get(i)))) {
                shown.add(Path.of(argv.get(i)));
            }
        }
        shown.add(turn.repository().resolve(".git/objects"));
        return shown;
    }
}
