package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Shells that are left alone. */
class CullingTest extends ShellsTest {
    private static final Duration SOON = Duration.ofSeconds(3);
    private static final Duration NEVER = Duration.ZERO;

    private void cull(Culling wanted) throws IOException {
        culling = wanted;
        reopen();
    }

    @Test
    void whoDoesNotTypeIsWarnedAndTypingKeepsTheShell() throws Exception {
        cull(new Culling(NEVER, SOON, NEVER));
        FakeClient client = v1("");
        FakeClient text = text();

        client.peer.until(() -> client.peer.messages("notice").size() == 1);
        assertThat(client.peer.awaitMessage("notice").getString("code")).isEqualTo("IDLE");
        assertThat(client.peer.awaitMessage("notice").getString("message")).contains("nobody typed for 3 s");
        assertThat(client.peer.awaitMessage("notice").getInt("endsIn")).isBetween(1, 1500);
        client.type(0, "#");
        client.peer.until(() -> client.peer.messages("notice").size() == 2);
        assertThat(client.peer.awaitMessage("notice").getString("code")).isEqualTo("STAYS");
        assertThat(terminal().running()).isTrue();

        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);
        text.peer.until(() -> text.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(client.peer.awaitMessage("exit").getString("reason")).isEqualTo("IDLE");
        assertThat(text.peer.text()).contains("[The terminal was ended: nobody typed for 3 s.]");
        assertThat(noticed).extracting(PtyMessage.Notice::code).containsExactly("IDLE", "STAYS", "IDLE", "IDLE");
    }

    @Test
    void takingControlKeepsTheShellAndWhoComesLateIsWarnedToo() throws Exception {
        cull(new Culling(NEVER, SOON, NEVER));
        FakeClient client = v1("");
        client.peer.until(() -> client.peer.messages("notice").size() == 1);
        FakeClient late = v1("\"readOnly\":true");
        assertThat(late.peer.awaitMessage("notice").getString("code")).isEqualTo("IDLE");

        client.connection.text("{\"type\":\"control\",\"take\":true}");
        client.peer.until(() -> client.peer.messages("notice").size() == 2);
        assertThat(client.peer.awaitMessage("notice").getString("code")).isEqualTo("STAYS");
        assertThat(v1("").peer.messages("notice")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aRunningCommandIsSpared(Isolation wanted) throws Exception {
        assumeTrue(wanted == Isolation.NONE || Isolation.of("auto") == wanted, "bubblewrap does not work here");
        isolation = wanted;
        cull(new Culling(NEVER, SOON, SOON));
        FakeClient client = v1("");

        client.type(0, "sleep 7; echo done-$((1+1))\r");
        client.peer.until(() -> new String(client.peer.data()).contains("done-2"));
        assertThat(terminal().running()).isTrue();

        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(client.peer.awaitMessage("exit").getString("reason")).isEqualTo("IDLE");
    }

    @Test
    void aShellNobodyLooksAtIsEndedAndOneThatIsLookedAtStays() throws Exception {
        cull(new Culling(SOON, NEVER, NEVER));
        FakeClient here = v1("");
        Terminal left = terminals.start(session, TerminalSize.DEFAULT, Drain.LATEST);
        FakeClient visitor = v1("\"terminal\":\"" + left.id() + '"');
        visitor.connection.gone();

        Await.until(() -> "still running", () -> !left.running());

        assertThat(left.record().ending()).isEqualTo(Ending.IDLE);
        assertThat(terminal().running()).isTrue();
        assertThat(here.peer.messages("notice")).isEmpty();
    }

    @Test
    void aShellThatWritesNothingIsEndedAndOneThatWritesStays() throws Exception {
        cull(new Culling(NEVER, NEVER, SOON));
        FakeClient busy = v1("");
        busy.type(0, "while :; do echo tick; read -t 0.2; done\r");
        Terminal quiet = terminals.start(session, TerminalSize.DEFAULT, Drain.LATEST);

        Await.until(() -> "still running", () -> !quiet.running());

        assertThat(quiet.record().ending()).isEqualTo(Ending.IDLE);
        assertThat(terminal().running()).isTrue();
    }
}
