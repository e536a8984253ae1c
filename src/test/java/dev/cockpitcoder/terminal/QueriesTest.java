package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.process.Await;

import static org.assertj.core.api.Assertions.assertThat;

/** What a program asks its terminal is answered once and in order, whoever looks at it. */
class QueriesTest extends ShellsTest {
    private static final String QUERIES =
            "\\r\\033[2K\\033[5Gx\\033[c\\033[>c\\033[5n\\033[6n\\033[?2004$p\\033[4$p\\033P$qr\\033\\\\";
    private static final String ANSWERS =
            "\u001b[?1;2c\u001b[>0;276;0c\u001b[0n\u001b[ROW;6R\u001b[?2004;2$y\u001b[4;2$y\u001bP1$r1;24r\u001b\\";
    private static final String DARK = "\u001b]11;rgb:0000/0000/0000\u001b\\";
    private static final String VIEWERS_COLOR = "\u001b]11;rgb:1212/3434/5656\u001b\\";

    @Test
    void withNobodyThere() throws Exception {
        FakeClient starter = v1("");
        asks(starter, QUERIES + "\\033]11;?\\007\\033[c", "until [ -e gone ]; do sleep 0.05; done");
        starter.connection.gone();
        Files.createFile(directory.resolve("gone"));

        assertThat(answers()).isEqualTo(ANSWERS + DARK + "\u001b[?1;2c");
    }

    @Test
    void withAViewerWhoseTerminalAnswersToo() throws Exception {
        FakeClient desk = v1("");
        long end = asks(desk, QUERIES, ":");
        desk.peer.until(() -> new String(desk.peer.data(), StandardCharsets.ISO_8859_1).contains("\u001b[6n"));
        answersAsXterm(desk, end);

        assertThat(answers()).isEqualTo(ANSWERS);
        // it was heard and left out
        desk.awaitInputAck((int) (end + "\u001b[?1;2c\u001b[1;6R\u001b[0n".length()));
    }

    private static void answersAsXterm(FakeClient client, long at) {
        client.type(at, "\u001b[?1;2c");
        client.type(at + 7, "\u001b[1;6R");
        client.type(at + 13, "\u001b[0n");
    }

    @Test
    void withTwoViewersOneOfThemOnTheTextProtocol() throws Exception {
        FakeClient phone = text();
        FakeClient desk = v1("");
        long end = asks(desk, QUERIES, ":");
        desk.peer.until(() -> new String(desk.peer.data(), StandardCharsets.ISO_8859_1).contains("\u001b[6n"));
        answersAsXterm(desk, end);

        assertThat(answers()).isEqualTo(ANSWERS);
        phone.peer.until(() -> phone.peer.text().contains("answered-2"));
        assertThat(phone.peer.text())
                .doesNotContain("\u001b[6n")
                .doesNotContain("\u001b[c")
                .doesNotContain("$q");
    }

    /** Colors are those of who looks at it: the answer keeps its place before the others. */
    @Test
    void aColorIsAskedOfTheViewerInControl() throws Exception {
        FakeClient desk = v1("");
        FakeClient other = v1("");
        // programs wait a second: their terminals answer at once
        when(desk, "\u001b]11;?", () -> {
            other.type(0, "\u001b]11;rgb:ffff/ffff/ffff\u001b\\");
            desk.type(typed, VIEWERS_COLOR);
        });
        asks(desk, "\\033]11;?\\033\\\\\\033[c", ":");

        assertThat(answers()).isEqualTo(VIEWERS_COLOR + "\u001b[?1;2c");
        assertThat(desk.peer.messages("viewers").get(0).toString()).contains("control");
    }

    @Test
    void aColorNobodyAnswersIsTheUsualOne() throws Exception {
        FakeClient desk = v1("");
        asks(desk, "\\033]11;?\\007\\033]4;1;?\\007\\033[c", ":");

        assertThat(answers()).isEqualTo(DARK + "\u001b]4;1;rgb:cccc/0000/0000\u001b\\" + "\u001b[?1;2c");
    }

    /** In control is nobody yet, and the text client's terminal answers what it is asked. */
    @Test
    void aTextClientIsAskedForColors() throws Exception {
        FakeClient phone = text();
        phone.peer.until(() -> !phone.peer.text().isEmpty());
        when(phone, "\u001b]11;?\u0007", () -> phone.type(VIEWERS_COLOR));
        phone.type(script("\\033]11;?\\007\\033[c", ":"));

        assertThat(answers()).isEqualTo(VIEWERS_COLOR + "\u001b[?1;2c");
        assertThat(phone.peer.text()).doesNotContain("\u001b[c");
    }

    /** Terminals answer whatever they draw, and replay would have them answer what was asked long ago. */
    @Test
    void replayAsksATextClientNothing() throws Exception {
        FakeClient desk = v1("");
        asks(desk, QUERIES + "\\033]11;?\\007", ":");
        answers();
        desk.peer.until(() -> new String(desk.peer.data(), StandardCharsets.ISO_8859_1).contains("answered-2"));

        FakeClient phone = text();
        phone.peer.until(() -> phone.peer.text().contains("answered-2"));
        assertThat(phone.peer.text())
                .doesNotContain("\u001b]11;?")
                .doesNotContain("\u001b[6n")
                .contains("x");
    }

    /** Shift+F3 looks like a cursor position. */
    @Test
    void aKeyThatLooksLikeAnAnswerIsTyped() throws Exception {
        FakeClient desk = v1("");
        asks(desk, "", ":");
        desk.peer.until(() -> Files.exists(directory.resolve("answers")));
        desk.type(desk.connection.viewer().terminal().source("keyboard").received() + typed, "\u001b[1;2R");

        assertThat(answers()).isEqualTo("\u001b[1;2R");
    }

    private volatile long typed;

    private static void when(FakeClient client, String query, Runnable then) {
        AtomicBoolean asked = new AtomicBoolean();
        client.peer.onData(() -> {
            String seen = client.peer.text() + new String(client.peer.data(), StandardCharsets.ISO_8859_1);
            if (seen.contains(query) && asked.compareAndSet(false, true)) {
                then.run();
            }
        });
    }

    private long asks(FakeClient client, String queries, String before) throws IOException {
        String script = script(queries, before);
        typed = script.length();
        client.type(0, script);
        return typed;
    }

    private String script(String queries, String before) throws IOException {
        Path file = directory.resolve("ask");
        Files.writeString(file, """
                PS1='$ '
                %s
                stty raw -echo min 0 time 25
                printf '%s'
                cat > answers
                stty sane
                touch done
                echo answered-$((1+1))
                """.formatted(before, queries));
        return "clear; . ./ask\r";
    }

    private String answers() throws Exception {
        Path done = directory.resolve("done");
        Await.until(() -> output(), () -> Files.exists(done));
        return Files.readString(directory.resolve("answers"), StandardCharsets.ISO_8859_1)
                .replaceFirst("\\[\\d+;6R", "[ROW;6R");
    }
}
