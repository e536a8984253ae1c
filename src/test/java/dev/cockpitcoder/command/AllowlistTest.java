package dev.cockpitcoder.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.InvalidSetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AllowlistTest {
    private static final String LIST = "git status,git log --oneline,false,sleep 30";

    @TempDir
    private Path directory;

    private Path repository;

    @BeforeEach
    void makeRepository() throws IOException {
        repository = Files.createDirectories(directory.toRealPath().resolve("repo"));
        Files.createDirectories(repository.resolve("src/deep"));
        Files.writeString(repository.resolve("src/a file"), "");
        Files.createDirectories(directory.resolve("repo-evil"));
        Files.createSymbolicLink(repository.resolve("out"), directory.resolve("repo-evil"));
        Files.createSymbolicLink(repository.resolve("dangling"), directory.resolve("nowhere"));
        Files.createSymbolicLink(repository.resolve("in"), repository.resolve("src"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"git status", "  git    status ", "git 'status'", "\"git\" sta'tu's"})
    void whatEqualsAnEntryRunsItsProgram(String cmd) {
        assertThat(require(LIST, cmd).get(0)).startsWith("/").endsWith("/git");
        assertThat(require(LIST, cmd)).hasSize(2).endsWith("status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "git",
                "status",
                "git status; id",
                "git status ;id",
                "git status;id",
                "git status && id",
                "git status&&id",
                "git status || id",
                "git status | cat",
                "git status|cat",
                "git status & id",
                "git status &",
                "git status\nid",
                "git status\r\nid",
                "git status\n",
                "\ngit status",
                "git status `id`",
                "`git status`",
                "git status $(id)",
                "$(git status)",
                "git status > /tmp/x",
                "git status >/tmp/x",
                "git status < /etc/passwd",
                "git status 2>&1",
                "git status <(id)",
                "git status --short",
                "git status .",
                "git status ''",
                "git status *",
                "git status -- .",
                "git  -c x=y status",
                "git -c core.fsmonitor=id status",
                "GIT status",
                "git STATUS",
                "Git Status",
                "./git status",
                "../git status",
                "/usr/bin/git status",
                "/usr/bin/env git status",
                "env git status",
                "env X=1 git status",
                "X=1 git status",
                "PATH=. git status",
                "sh -c 'git status'",
                "bash -c \"git status\"",
                "nohup git status",
                "sudo git status",
                "exec git status",
                "'git status'",
                "git\tstatus",
                "git\u00a0status",
                "git\u2003status",
                "git\u200bstatus",
                "git status\0",
                "git\0status",
                "git\u0000 status",
                "gіt status",
                "ɡit status",
                "ｇｉｔ status",
                "git stаtus",
                "git ѕtatus",
                "git status\u0301",
                "git-status",
                "gitstatus",
                "git statu",
                "git statuss",
                "git\\ status",
                "git st\\atus",
                "$'git' status",
                "${IFS}git status",
                "git${IFS}status",
                "g?t status",
                "git st*",
                "{git,status}",
                "~/git status",
                "!git status",
                "git status #x",
                "# git status",
                "git status,false",
                "git status'",
                "git status\"",
                "false false",
                "falsee",
                "sleep",
                "sleep 300",
                "sleep 30 30",
                "sleep 030",
                "sleep 30s",
                "sleep ３０",
                "log",
                "git log",
                "git log --oneline -1",
                "git log --oneline --output=/tmp/x",
                "git log --oneline -- /",
                "true",
                "id",
                "git status %0a id",
                "git%20status",
                "git status\u2028id",
                "git status\u0085id",
                "\ufeffgit status"
            })
    void anythingElseIsRefused(String cmd) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> require(LIST, cmd));

        assertThat(refusal).as(cmd).isNotNull();
        assertThat(refusal.code()).isIn(ProblemCode.COMMAND_NOT_ALLOWED, ProblemCode.INVALID);
        if (refusal.code() == ProblemCode.COMMAND_NOT_ALLOWED) {
            assertThat(refusal).hasMessageContaining("CMD_ALLOWLIST");
        }
    }

    @Test
    void anEmptyListAllowsNothing() {
        assertThat(Allowlist.parse("").commands()).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> require("", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat",
                "cat src",
                "cat ./src/new.txt",
                "cat in/deep",
                "cat a b c",
                "cat new/dir/file",
                "cat @scope/x@1.0",
                "cat README.md src/Main_1-2.java",
                "cat übung",
                "cat ."
            })
    void aStarTakesPlainArguments(String cmd) {
        if (cmd.startsWith("cat @")) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> require("cat *", cmd));
        } else {
            assertThat(require("cat *", cmd)).hasSize(cmd.split(" ").length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat -",
                "cat --output=x",
                "cat -o x",
                "cat a=b",
                "cat ..",
                "cat ../x",
                "cat src/../../x",
                "cat a..b",
                "cat /etc/passwd",
                "cat /",
                "cat out",
                "cat out/x",
                "cat dangling",
                "cat dangling/x",
                "cat .git",
                "cat .git/hooks/x",
                "cat .GIT/config",
                "cat src/.git/x",
                "cat '-x'",
                "cat ''",
                "cat 'a b'",
                "cat 'a;b'",
                "cat 'a|b'",
                "cat '$x'",
                "cat '`id`'",
                "cat ext::sh",
                "cat host:path",
                "cat +cmd",
                "cat @args",
                "cat ~/x",
                "cat ok -x",
                "cat '*'",
                "cat 'a?b'",
                "cat '!x'",
                "cat '>x'",
                "cat 'x&'",
                "cat '#x'",
                "cat '%s'",
                "cat 'a\"b'"
            })
    void aStarRefusesWhatCouldRunOrWriteElsewhere(String cmd) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> require("cat *", cmd));

        assertThat(refusal).as(cmd).isNotNull();
        assertThat(refusal.code()).isEqualTo(ProblemCode.COMMAND_NOT_ALLOWED);
    }

    @Test
    void absolutePathsInsideTheRepositoryArePlain() {
        assertThat(require("cat *", "cat " + repository.resolve("src"))).hasSize(2);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> require("cat *", "cat " + directory.resolve("repo-evil/x")));
    }

    @Test
    void aQuotedStarIsACharacter() {
        assertThat(require("echo '*'", "echo '*'")).endsWith("*");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> require("echo '*'", "echo x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "git *.java",
                "npm test*",
                "* x",
                "git * x",
                "./gradlew test",
                "bin/x",
                "../x",
                "'' x",
                "git 'status",
                "git\tstatus",
                "git \\x"
            })
    void anEntryThatCannotMeanWhatWasMeantStopsTheStart(String list) {
        assertThatExceptionOfType(InvalidSetting.class)
                .isThrownBy(() -> Allowlist.parse(list))
                .withMessageStartingWith("CMD_ALLOWLIST ");
    }

    @Test
    void aMissingProgramIsToldAndNeverTakenFromTheRepository() throws Exception {
        Path fake = Files.writeString(repository.resolve("no-such-program"), "#!/bin/sh\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();

        assertThat(Allowlist.parse("no-such-program").commands().get(0).program())
                .isEmpty();
        assertThat(catchThrowableOfType(ProblemException.class, () -> require("no-such-program", "no-such-program"))
                        .code())
                .isEqualTo(ProblemCode.UNAVAILABLE);
    }

    private java.util.List<String> require(String list, String cmd) {
        return Allowlist.parse(list).require(cmd, repository, repository);
    }
}
