package dev.cockpitcoder.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.screen.XtermOracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Who attaches while a full-screen program runs sees what somebody sees who was there all along: the same cells, cursor, modes and
 * title, as xterm.js draws them.
 */
@Timeout(120)
class AttachInTheMiddleTest extends ShellsTest {
    private static final int LINES = 3000;
    private static final String SNAPSHOTS = "\"snapshot\":true";

    private static XtermOracle xterm;
    private FakeClient early;
    private long typed;
    private int resizedAt;

    @BeforeAll
    static void start() {
        xterm = new XtermOracle();
    }

    @AfterAll
    static void stop() {
        xterm.close();
    }

    @AfterEach
    void endTmux() throws Exception {
        if (Files.exists(directory.resolve("tmux"))) {
            new ProcessBuilder("tmux", "-S", directory.resolve("tmux").toString(), "kill-server")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        }
    }

    @Test
    void vim() throws Exception {
        String vim = installed("vim", "vim.tiny", "vi");
        open(16 << 20);
        run("seq 1 200000; " + vim + " -u NONE -N +100 " + numbered());
        shows("line 100 ");

        everyLateViewerSeesTheSame();
        type("\u001b:set number\rdd0iinserted ");
        shows("inserted line 101");
        everyLateViewerSeesTheSame();
        type("\u001b:q!\r");
        shows("\"$\"");
        everyLateViewerSeesTheSame();
    }

    @Test
    void less() throws Exception {
        installed("less");
        open(16 << 20);
        run("seq 1 200000; less " + numbered());
        shows("line 23 ");
        type("ff/line 1234\r");
        shows("line 1234 ");
        everyLateViewerSeesTheSame();
    }

    /** What switched the screens is long gone from the log. */
    @Test
    void aProgramThatHasWrittenMoreThanIsKept() throws Exception {
        installed("less");
        open(64 << 10);
        run("less " + numbered());
        shows("line 23 ");
        for (int i = 0; i < 100; i++) {
            type("f");
            // at a person's pace: of what comes as a flood the server draws the end only
            shows("line " + 23 * (i + 2) + " ");
        }
        shows("line " + (23 * 100 + 1) + " ");

        assertThat(terminal().log().oldest()).isPositive();
        everyLateViewerSeesTheSame();
        type("q");
        shows("\"$\"");
        everyLateViewerSeesTheSame();
    }

    @Test
    void htop() throws Exception {
        installed("htop");
        open(16 << 20);
        run("seq 1 100000; htop -d 100");
        shows("F10");
        everyLateViewerSeesTheSame();
        type("t\u001bOP");
        shows("htop 3");
        everyLateViewerSeesTheSame();
        type("  q");
    }

    @Test
    void tmux() throws Exception {
        installed("tmux");
        open(16 << 20);
        run("seq 1 100000; tmux -S " + directory.resolve("tmux") + " -f /dev/null new 'exec /bin/sh'");
        shows("[0]");
        type("\u0002%\u0002\"PS1='READY> '\r");
        shows("READY>");
        everyLateViewerSeesTheSame();
        type("\u0002d");
    }

    @Test
    void moreOutputThanIsKeptAndThenAProgram() throws Exception {
        String vim = installed("vim", "vim.tiny", "vi");
        open(256 << 10);
        run("seq 1 1000000; " + vim + " -u NONE -N " + numbered());
        shows("line 20 ");

        assertThat(terminal().log().oldest()).isPositive();
        everyLateViewerSeesTheSame();
        type(":q!\r");
        shows("1000000");
        everyLateViewerSeesTheSame();
    }

    @Test
    void aProgramAfterAResize() throws Exception {
        installed("less");
        open(16 << 20);
        run("seq 1 100000; less " + numbered());
        shows("line 23 ");
        resizedAt = (int) terminal().log().head();
        early.connection.text("{\"type\":\"resize\",\"cols\":100,\"rows\":30}");
        shows("line 29 ");

        everyLateViewerSeesTheSame();
    }

    /** A viewer that was too slow for the program is shown where that is now. */
    @Test
    void whoWasTooSlowSeesTheSameToo() throws Exception {
        installed("less");
        open(64 << 10);
        run("less " + numbered());
        shows("line 23 ");
        FakeClient slow = v1(SNAPSHOTS + ",\"window\":16384");
        for (int i = 0; i < 100; i++) {
            type("f");
        }
        shows("line " + (23 * 100 + 1) + " ");
        slow.acking().ackAll();

        Await.until(slow.peer::recent, () -> !slow.peer.messages("snapshot").isEmpty() && caughtUp(slow));
        assertThat(slow.peer.messages("gap")).isNotEmpty();
        assertThat(drawn(slow)).isEqualTo(drawn(early));
    }

    @Test
    void aShellThatWroteLittleIsReplayed() throws Exception {
        open(16 << 20);
        run("echo little-$((1+1))");
        shows("little-2");

        FakeClient late = v1(SNAPSHOTS);
        Await.until(late.peer::recent, () -> caughtUp(late));
        assertThat(late.peer.messages("snapshot")).isEmpty();
        assertThat(late.peer.data()).isEqualTo(early.peer.data());
    }

    @Test
    void aClientOfTheOlderPageGetsTheTail() throws Exception {
        open(16 << 20);
        run("seq 1 100000; echo the-$((1+1))nd");
        shows("the-2nd");

        FakeClient late = v1("\"tail\":1000");
        Await.until(late.peer::recent, () -> caughtUp(late));
        assertThat(late.peer.messages("snapshot")).isEmpty();
        assertThat(late.peer.data()).hasSize(1000);
    }

    /** The scrollback comes with the screen. */
    @Test
    void olderLinesCanBeScrolledTo() throws Exception {
        open(16 << 20);
        run("seq 1 100000; echo the-$((1+1))nd");
        shows("the-2nd");

        FakeClient late = v1(SNAPSHOTS);
        Await.until(late.peer::recent, () -> caughtUp(late));
        List<String> history = xterm.draw(steps(late), true).getJsonArray("history").stream()
                .map(line -> line.toString().replace("\"", ""))
                .toList();
        assertThat(history).hasSizeGreaterThan(500).contains("99500");
        assertThat(drawn(late)).isEqualTo(drawn(early));
    }

    private void open(int bytes) throws Exception {
        logBytes = bytes;
        reopen();
        early = v1(SNAPSHOTS + ",\"drain\":\"lossless\"").acking();
        run("PS1='$ '; unset PROMPT_COMMAND; clear");
        shows("\"$\"");
    }

    private void run(String command) {
        type(command + "\r");
    }

    private void type(String text) {
        early.type(typed, text);
        typed += text.length();
    }

    private String numbered() throws IOException {
        return Files.writeString(
                        directory.resolve("numbered"),
                        IntStream.rangeClosed(1, LINES)
                                .mapToObj(i -> "line " + i + " äöü 你好 " + "#".repeat(i % 60))
                                .collect(Collectors.joining("\n")))
                .toString();
    }

    private void shows(String wanted) throws Exception {
        Await.until(
                () -> "the screen: " + drawn(early).getJsonArray("lines"),
                () -> caughtUp(early)
                        && drawn(early).getJsonArray("lines").toString().contains(wanted));
    }

    private boolean caughtUp(FakeClient client) {
        long shown = client.peer.messages("snapshot").stream()
                .mapToLong(snapshot -> snapshot.getJsonNumber("offset").longValue())
                .max()
                .orElse(0);
        return Math.max(shown, client.next()) == terminal().log().head();
    }

    private void everyLateViewerSeesTheSame() throws Exception {
        FakeClient late = v1(SNAPSHOTS);
        FakeClient text = text();
        // the program may be drawing still: they are compared where it was the same for all
        Await.until(
                () -> "early " + drawn(early) + "\nlate " + drawn(late) + "\ntext " + drawnText(text),
                () -> caughtUp(early)
                        && caughtUp(late)
                        && drawn(late).equals(drawn(early))
                        && drawnText(text).equals(drawn(early)));
        assertThat(late.peer.messages("snapshot")).hasSize(1);
        late.connection.gone();
        text.connection.gone();
    }

    private JsonObject drawn(FakeClient client) {
        return withoutAnswers(xterm.draw(steps(client), false));
    }

    private JsonObject drawnText(FakeClient client) {
        TerminalSize size = terminal().record().size();
        JsonObject drawn = xterm.draw(new XtermOracle.Steps(size.cols(), size.rows()).write(client.peer.text()), false);
        assertThat(drawn.getString("answers")).isEmpty();
        return withoutAnswers(drawn);
    }

    private static JsonObject withoutAnswers(JsonObject drawn) {
        return jakarta.json.Json.createObjectBuilder(drawn).remove("answers").build();
    }

    /** What a client draws: the data, and a snapshot where there is one. */
    private XtermOracle.Steps steps(FakeClient client) {
        TerminalSize size = terminal().record().size();
        byte[] data = client.peer.data();
        List<JsonObject> snapshots = client.peer.messages("snapshot");
        if (snapshots.isEmpty()) {
            // from the beginning, where it was 80 columns wide
            XtermOracle.Steps steps = new XtermOracle.Steps(80, 24);
            int before = Math.min(data.length, resizedAt);
            return steps.write(Arrays.copyOf(data, before))
                    .resize(size.cols(), size.rows())
                    .write(Arrays.copyOfRange(data, before, data.length));
        }
        JsonObject last = snapshots.get(snapshots.size() - 1);
        long offset = last.getJsonNumber("offset").longValue();
        int after = (int) client.peer.frames().stream()
                .mapToLong(frame -> Math.max(0, frame[0] + frame[1] - Math.max(frame[0], offset)))
                .sum();
        return new XtermOracle.Steps(last.getInt("cols"), last.getInt("rows"))
                .write(last.getString("text"))
                .write(Arrays.copyOfRange(data, data.length - after, data.length));
    }

    private static String installed(String... names) {
        String found = Stream.of(names)
                .filter(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(at -> Files.isExecutable(Path.of(at, name))))
                .findFirst()
                .orElse(null);
        String message = "SKIPPED: " + names[0] + " is not installed";
        if (found == null) {
            System.out.println(message);
        }
        assumeTrue(found != null, message);
        return found;
    }
}
