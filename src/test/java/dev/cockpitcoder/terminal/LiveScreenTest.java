package dev.cockpitcoder.terminal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.screen.XtermOracle;

import static org.assertj.core.api.Assertions.assertThat;

/** The screens of terminals that write more than is kept, faster than it could be drawn. */
class LiveScreenTest extends ShellsTest {
    private static final String MODES = "printf '\\033[?1003h\\033[?1h\\033[?2004h'\n";
    private static XtermOracle xterm;

    @BeforeAll
    static void start() {
        xterm = new XtermOracle();
    }

    @AfterAll
    static void stop() {
        xterm.close();
    }

    @Test
    void aFloodOfTextLeavesTheModes() throws Exception {
        logBytes = 1 << 20;
        reopen();
        flood(MODES + "yes plain text | head -c 60000000");

        showsTheEndInItsModes("plain text");
    }

    /** Each sequence in it has to be looked at. */
    @Test
    void aFloodOfSequencesLeavesTheModes() throws Exception {
        logBytes = 64 << 10;
        reopen();
        flood(MODES + "yes \"$(printf '\\033[31mred\\033[m and \\033[1mbold\\033[m')\" | head -c 20000000");

        showsTheEndInItsModes("red and bold");
    }

    /** The text protocol has no other way to tell. */
    @Test
    void aTextClientThatWasTooSlowForAFullScreenProgramSeesItsScreen() throws Exception {
        logBytes = 64 << 10;
        reopen();
        FakeClient slow = text();
        slow.peer.until(() -> !slow.peer.text().isEmpty());
        slow.peer.stopReading();
        flood("printf '\\033[?1049h\\033[H'; yes text | head -c 1000000; printf '\\033[2J\\033[5;10Hthe screen'");
        slow.peer.readAgain();

        slow.peer.until(() -> slow.peer.text().contains("the-end"));
        JsonObject drawn = xterm.draw(new XtermOracle.Steps(80, 24).write(slow.peer.text()), false);
        assertThat(drawn.getString("type")).isEqualTo("alternate");
        assertThat(drawn.getJsonArray("lines").getJsonArray(4).getString(0)).isEqualTo("         the screenthe-end");
    }

    /** Nobody remembers its screen: what is kept of its output is sent. */
    @Test
    void aTerminalOfAnEarlierServerIsReplayed() throws Exception {
        logBytes = 64 << 10;
        reopen();
        flood("yes text | head -c 1000000");
        UUID id = terminal().id();
        long oldest = terminal().log().oldest();
        reopen();

        FakeClient late = v1("\"terminal\":\"" + id + "\",\"snapshot\":true");
        late.peer.awaitMessage("exit");
        assertThat(late.peer.messages("snapshot")).isEmpty();
        assertThat(late.peer.frames().get(0)[0]).isGreaterThanOrEqualTo(oldest);
    }

    @Test
    void aTerminalThatWasResizedOftenHasItsLastSize() throws Exception {
        FakeClient desk = v1("");
        for (int i = 0; i < 1000; i++) {
            desk.connection.text("{\"type\":\"resize\",\"cols\":" + (50 + i % 60) + ",\"rows\":" + (10 + i % 20) + "}");
        }
        flood("seq 100000");

        FakeClient late = v1("\"snapshot\":true");
        JsonObject snapshot = late.peer.awaitMessage("snapshot");
        assertThat(new TerminalSize(snapshot.getInt("cols"), snapshot.getInt("rows")))
                .isEqualTo(terminal().record().size());
    }

    /** Runs it with nobody there. */
    private void flood(String commands) throws Exception {
        Path script = Files.writeString(
                directory.resolve("flood"), commands + "\nstty -echo\nprintf the-end\ntouch flooded\nread x\n");
        FakeClient starter = v1("");
        starter.type(0, "exec sh " + script + "\r");
        Await.until(() -> output(), () -> Files.exists(directory.resolve("flooded")) && output().endsWith("the-end"));
        starter.connection.gone();
    }

    private void showsTheEndInItsModes(String text) throws Exception {
        FakeClient late = v1("\"snapshot\":true");
        JsonObject snapshot = late.peer.awaitMessage("snapshot");
        JsonObject drawn = xterm.draw(
                new XtermOracle.Steps(snapshot.getInt("cols"), snapshot.getInt("rows"))
                        .write(snapshot.getString("text")),
                true);
        assertThat(drawn.getJsonArray("lines").toString()).contains(text).contains("the-end");
        assertThat(drawn.getJsonObject("modes").getString("mouseTrackingMode")).isEqualTo("any");
        assertThat(drawn.getJsonObject("modes").getBoolean("applicationCursorKeysMode"))
                .isTrue();
        assertThat(drawn.getJsonObject("modes").getBoolean("bracketedPasteMode"))
                .isTrue();
        assertThat(drawn.getJsonArray("history")).hasSizeGreaterThan(100);
    }
}
