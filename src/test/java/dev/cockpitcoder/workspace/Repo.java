package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A real git repository for a test, made with the real git and without the user's configuration. */
public record Repo(Path path) {
    public static Repo create(Path directory) {
        try {
            Files.createDirectories(directory);
            Repo repo = new Repo(directory.toRealPath());
            repo.git("init", "--quiet", "--initial-branch=main");
            return repo;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Repo with(String file, String text) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Repo commit(String message) {
        git("add", "--all");
        git("commit", "--quiet", "--allow-empty", "--message", message);
        return this;
    }

    public String git(String... arguments) {
        List<String> argv = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"));
        argv.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(argv).directory(path.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        try {
            Process git = builder.start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(git.waitFor()).as("%s: %s", argv, output).isZero();
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
