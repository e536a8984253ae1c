package dev.cockpitcoder.command;

import java.util.List;
import java.util.stream.Collectors;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CommandLineTest {
    @Test
    void spacesSeparateAndFold() throws Exception {
        assertThat(CommandLine.split("  git   status ")).containsExactly("git", "status");
        assertThat(CommandLine.split("")).isEmpty();
        assertThat(CommandLine.split("   ")).isEmpty();
    }

    @Test
    void quotesAreHonouredAndNothingIsExpanded() throws Exception {
        assertThat(CommandLine.split("sh -c 'git status'")).containsExactly("sh", "-c", "git status");
        assertThat(CommandLine.split("a\"b c\"'d e'f")).containsExactly("ab cd ef");
        assertThat(CommandLine.split("'' \"\"")).containsExactly("", "");
        assertThat(CommandLine.split("\"\\\"\\\\\\n\" '\\'")).containsExactly("\"\\\\n", "\\");
        assertThat(CommandLine.split("$HOME ~ * `id` $(id) {a,b} # !x"))
                .containsExactly("$HOME", "~", "*", "`id`", "$(id)", "{a,b}", "#", "!x");
        assertThat(CommandLine.split("echo Grüße 🚀")).containsExactly("echo", "Grüße", "🚀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git\tstatus",
                "git\nstatus",
                "git\rstatus",
                "git status\n",
                "git\0status",
                "git status\0",
                "\u001b[2J",
                "git\u00a0status",
                "git\u2003status",
                "git\u3000status",
                "git\u2028status",
                "git\u0085status",
                "git\u000bstatus",
                "git\u200bstatus",
                "\ufeffgit status",
                "git \u202estatus",
                "git 'a\nb'",
                "git \"a\tb\"",
                "git 'status",
                "git \"status",
                "git \"status\\\"",
                "git sta\\tus",
                "git status\\",
                "\\git status",
                "git \ud83d",
                "git \ude80x",
                "git\u007f",
                "git\u180estatus"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String text) {
        assertThatExceptionOfType(CommandLine.Malformed.class).isThrownBy(() -> CommandLine.split(text));
        assertThatExceptionOfType(CommandLine.Malformed.class).isThrownBy(() -> CommandLine.splitList(text));
    }

    @Test
    void endlessTextIsRefused() {
        assertThatExceptionOfType(CommandLine.Malformed.class).isThrownBy(() -> CommandLine.split("x".repeat(4097)));
    }

    @Test
    void commasSeparateListedCommandsButNotInQuotes() throws Exception {
        assertThat(CommandLine.splitList(" git status ,npm test,, echo 'a,b' \"c,\\\",d\",x"))
                .containsExactly("git status", "npm test", "echo 'a,b' \"c,\\\",d\"", "x");
        assertThat(CommandLine.splitList("")).isEmpty();
    }

    @Property
    void whatIsQuotedComesBack(
            @ForAll @Size(max = 6) List<@StringLength(max = 8) @CharRange(from = ' ', to = '~') String> argv)
            throws Exception {
        String single = argv.stream()
                .map(argument -> "'" + argument.replace("'", "'\"'\"'") + "'")
                .collect(Collectors.joining(" "));
        String doubled = argv.stream()
                .map(argument -> '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining("  "));

        assertThat(CommandLine.split(single)).isEqualTo(argv);
        assertThat(CommandLine.split(doubled)).isEqualTo(argv);
        assertThat(CommandLine.splitList(single)).hasSize(argv.isEmpty() ? 0 : 1);
    }

    @Property
    void plainWordsAreTheirOwnSplitting(
            @ForAll @Size(min = 1, max = 6)
                    List<@StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'z') String> words,
            @ForAll @IntRange(min = 1, max = 5) int spaces)
            throws Exception {
        assertThat(CommandLine.split(String.join(" ".repeat(spaces), words))).isEqualTo(words);
    }

    @Property
    void anyTextIsSplitOrRefusedAndNoArgumentHoldsWhatIsRefused(@ForAll String text) {
        List<String> argv;
        try {
            argv = CommandLine.split(text);
        } catch (CommandLine.Malformed refused) {
            return;
        }
        assertThat(argv).allSatisfy(argument -> assertThat(argument.codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || c != ' ' && (Character.isWhitespace(c) || Character.isSpaceChar(c))));
    }
}
