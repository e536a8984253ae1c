package dev.cockpitcoder.agent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.UserEnvironment;

/** How an agent's process is started: what it is given, what it sees, and where it may write. */
record AgentLaunch(AgentProfile profile, Turn turn, ProgramPath path, Path dataDirectory) {
    private static final int MAX_CONTEXT_CHARS = 100_000;

    Launch of(List<String> argv) {
        List<String> resolved = new ArrayList<>(argv);
        profile.program().ifPresent(program -> resolved.set(0, program.toString()));
        if (profile.confined()) {
            profile.homeFiles().copyTo(turn.home());
        }
        return Launch.confined(
                        profile.sandbox().orElseThrow(),
                        resolved,
                        environment(),
                        turn.files(),
                        profile.limits().tmpBytes(),
                        List.of(turn.files(), turn.home()),
                        hidden(),
                        shown(resolved))
                .marked(mark(turn.files()));
    }

    /** Of all processes that work in this working copy. */
    static String mark(Path files) {
        return "in:" + files;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = UserEnvironment.create();
        environment.put("LANG", "C.UTF-8");
        environment.put("TERM", "dumb");
        environment.put("NO_COLOR", "1");
        environment.put("PATH", path.text());
        if (profile.confined()) {
            environment.put("HOME", turn.home().toString());
        }
        if (turn.context() != null && turn.context().length() <= MAX_CONTEXT_CHARS) {
            environment.put("COCKPIT_CONTEXT", turn.context());
        }
        environment.putAll(profile.environment());
        return environment;
    }

    private List<Path> hidden() {
        return List.of(Path.of(UserEnvironment.create().get("HOME")), dataDirectory);
    }

    /** The program with what belongs to it, what its profile names, and the objects that the working copy borrows. */
    private List<Path> shown(List<String> argv) {
        List<Path> shown = new ArrayList<>(profile.show());
        profile.program().ifPresent(program -> shown.addAll(ProgramPath.installation(program, hidden())));
        for (int i = 0; i < argv.size(); i++) {
            boolean ours = i == 0 && profile.program().isEmpty()
                    || i > 0
                            && i < profile.argv().size()
                            && profile.argv().get(i).equals(argv.get(i));
            if (ours && argv.get(i).startsWith("/") && Files.isRegularFile(Path.of(argv.get(i)))) {
                shown.add(Path.of(argv.get(i)));
            }
        }
        shown.add(turn.repository().resolve(".git/objects"));
        return shown;
    }
}
