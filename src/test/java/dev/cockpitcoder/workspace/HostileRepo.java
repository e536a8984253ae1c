package dev.cockpitcoder.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A repository that names a program wherever git takes one. Each leaves a file when it runs. */
public final class HostileRepo {
    /** The canaries that plain git runs in {@link #provoke}; the others need a network or a terminal. */
    public static final Set<String> LIVE = Set.of(
            "fsmonitor",
            "post-index-change",
            "external",
            "command",
            "textconv",
            "clean",
            "smudge",
            "process",
            "included",
            "includeif",
            "worktree-config",
            "merge",
            "pre-merge-commit",
            "reference-transaction",
            "post-merge",
            "alias",
            "editor",
            "ssh",
            "uploadpack",
            "credential",
            "gpg",
            "submodule",
            "outside");

    private static final Set<String> FILTERS = Set.of("clean", "smudge", "included", "includeif", "worktree-config");
    private static final List<String> HOOKS = List.of(
            "applypatch-msg",
            "commit-msg",
            "fsmonitor-watchman",
            "post-applypatch",
            "post-checkout",
            "post-commit",
            "post-index-change",
            "post-merge",
            "post-receive",
            "post-rewrite",
            "post-update",
            "pre-applypatch",
            "pre-auto-gc",
            "pre-commit",
            "pre-merge-commit",
            "pre-push",
            "pre-rebase",
            "pre-receive",
            "prepare-commit-msg",
            "proc-receive",
            "push-to-checkout",
            "reference-transaction",
            "sendemail-validate",
            "update");
    /** Files with a filter or a driver that has a canary, and a plain one. */
    private static final List<String> EDITED = List.of(
            "plain", "a.cmd", "a.text", "a.clean", "a.process", "a.included", "a.includeif", "a.wt", "a.smudge");

    private final Path canaries;
    private final Path fired;
    private final Repo repo;

    /**
     * @param directory where the repository is made
     * @param aside where the programs, and a git directory that a submodule points to, are made
     */
    public HostileRepo(Path directory, Path aside) {
        try {
            canaries = Files.createDirectories(aside.resolve("canaries"));
            fired = Files.createDirectories(aside.resolve("fired"));
            repo = Repo.create(directory);
            plant(aside);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return repo.path();
    }

    /** The names of the canaries that ran. */
    public Set<String> fired() {
        try (Stream<Path> files = Files.list(fired)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void plant(Path aside) throws IOException {
        EDITED.forEach(file -> repo.with(file, "old\n"));
        repo.with(".gitattributes", """
                        *.cmd diff=command
                        *.text diff=text
                        *.clean filter=clean
                        *.smudge filter=smudge
                        *.process filter=process
                        *.included filter=included
                        *.includeif filter=includeif
                        *.wt filter=wt
                        *.merge merge=merge
                        """);
        // asks for a look inside
        repo.with(".gitmodules", """
                [submodule "sub"]
                \tpath = sub
                \turl = ./sub
                \tignore = none
                [submodule "out"]
                \tpath = out
                \turl = ./out
                \tignore = none
                """);
        submodules(aside);
        repo.with("a.merge", "base\n").commit("first");
        repo.git("checkout", "--quiet", "-b", "theirs");
        repo.with("a.merge", "theirs\n").git("commit", "--quiet", "--message", "theirs", "a.merge");
        repo.git("checkout", "--quiet", "main");
        repo.with("a.merge", "ours\n").git("commit", "--quiet", "--message", "ours", "a.merge");
        configure(aside);
        for (String file :
                Stream.concat(EDITED.stream(), Stream.of("sub/x", "out/x")).toList()) {
            repo.with(file, "new\n");
            // so that git must look inside: the size is the same
            Files.setLastModifiedTime(
                    repo.path().resolve(file), FileTime.from(Instant.now().plusSeconds(60)));
        }
        repo.with("new.clean", "untracked\n").with("new.process", "untracked\n").with("new.cmd", "untracked\n");
    }

    private void submodules(Path aside) throws IOException {
        Repo sub = Repo.create(repo.path().resolve("sub")).with("x", "old\n").commit("sub");
        sub.git("config", "core.fsmonitor", canary("submodule"));
        Repo out = Repo.create(repo.path().resolve("out")).with("x", "old\n").commit("out");
        out.git("config", "core.fsmonitor", canary("outside"));
        Path moved = Files.move(out.path().resolve(".git"), aside.resolve("outside.git"));
        Files.writeString(out.path().resolve(".git"), "gitdir: " + moved + "\n");
    }

    private void configure(Path aside) throws IOException {
        Path hooks = Files.createDirectories(aside.resolve("hooks"));
        for (String hook : HOOKS) {
            Files.copy(Path.of(canary(hook)), hooks.resolve(hook));
            Files.copy(Path.of(canary(hook)), repo.path().resolve(".git/hooks").resolve(hook));
        }
        Path included =
                Files.writeString(aside.resolve("included"), "[filter \"included\"]\n\tclean = " + canary("included"));
        Path conditionally = Files.writeString(
                aside.resolve("includeif"), "[filter \"includeif\"]\n\tclean = " + canary("includeif"));
        Files.writeString(
                repo.path().resolve(".git/config.worktree"), "[filter \"wt\"]\n\tclean = " + canary("worktree-config"));
        Files.writeString(repo.path().resolve(".git/info/attributes"), "plain filter=clean diff=command\n");
        config("core.repositoryformatversion", "1");
        config("extensions.worktreeConfig", "true");
        config("includeIf.gitdir:**/.git.path", conditionally.toString());
        config("merge.merge.driver", canary("merge"));
        config("merge.default", "merge");
        config("core.fsmonitor", canary("fsmonitor"));
        config("core.hooksPath", hooks.toString());
        config("core.pager", canary("pager"));
        config("core.editor", canary("editor"));
        config("core.sshCommand", canary("ssh"));
        config("core.alternateRefsCommand", canary("alternates"));
        config("core.askPass", canary("askpass"));
        config("diff.external", canary("external"));
        config("diff.command.command", canary("command"));
        config("diff.text.textconv", canary("textconv"));
        config("filter.clean.clean", canary("clean"));
        config("filter.smudge.smudge", canary("smudge"));
        config("filter.process.process", canary("process"));
        config("filter.process.required", "true");
        config("include.path", included.toString());
        config("alias.canary", "!" + canary("alias"));
        config("alias.status", "!" + canary("alias-status"));
        config("credential.helper", "!" + canary("credential"));
        config("gpg.program", canary("gpg"));
        config("gpg.ssh.program", canary("gpg-ssh"));
        config("gpg.x509.program", canary("gpg-x509"));
        config("sequence.editor", canary("sequence"));
        config("interactive.diffFilter", canary("interactive"));
        config("core.gitProxy", canary("proxy"));
        config(
                "core.attributesFile",
                Files.writeString(aside.resolve("attributes"), "* filter=clean\n")
                        .toString());
        config("trailer.x.command", canary("trailer"));
        config("protocol.ext.allow", "always");
        config("remote.origin.receivepack", canary("receivepack"));
        config("remote.origin.pushurl", "ext::" + canary("ext"));
        config("submodule.sub.update", "!" + canary("submodule-update"));
        config("tar.x.command", canary("tar"));
        config("remote.origin.url", repo.path().toString());
        config("remote.origin.uploadpack", canary("uploadpack"));
        config("remote.ssh.url", "git@localhost:x");
        config("branch.main.remote", "origin");
        config("branch.main.merge", "refs/heads/main");
        config("safe.directory", "*");
        config("uploadpack.packObjectsHook", canary("pack-objects"));
    }

    private void config(String key, String value) {
        repo.git("config", key, value);
    }

    private String canary(String name) throws IOException {
        Path program = canaries.resolve(name);
        Files.writeString(
                program, "#!/bin/sh\ntouch '" + fired.resolve(name) + "'\n" + (FILTERS.contains(name) ? "cat\n" : ""));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    /** Makes the checkout what its branch is, without git. */
    public HostileRepo settle() throws IOException {
        EDITED.forEach(file -> repo.with(file, "old\n"));
        for (String file : List.of("new.clean", "new.process", "new.cmd")) {
            Files.delete(repo.path().resolve(file));
        }
        return this;
    }

    /** Does with plain git what a user does. What the commands answer is of no interest. */
    public void provoke() throws IOException, InterruptedException {
        plainGit("status");
        // this one git does not survive
        repo.git("config", "--remove-section", "filter.process");
        for (String command : List.of(
                "status",
                "diff",
                "diff --no-ext-diff",
                "canary",
                "ls-remote origin",
                "ls-remote ssh",
                "credential fill",
                "commit -S -m x --allow-empty --no-verify",
                "commit --allow-empty --no-verify",
                "checkout -- a.smudge",
                "-c filter.clean.clean= -c filter.smudge.smudge= reset --hard",
                "merge --no-edit theirs")) {
            plainGit(command.split(" "));
        }
    }

    private void plainGit(String... command) throws IOException, InterruptedException {
        Path input = Files.writeString(
                canaries.resolve("input"), "protocol=https\nhost=localhost\n\n", StandardCharsets.UTF_8);
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of("git", "-c", "user.name=Test", "-c", "user.email=test@example.invalid"),
                                Stream.of(command))
                        .toList())
                .directory(path().toFile())
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().keySet().removeAll(Set.of("EDITOR", "VISUAL", "GIT_EDITOR"));
        Process git = builder.start();
        if (!git.waitFor(20, TimeUnit.SECONDS)) {
            git.destroyForcibly();
        }
    }
}
