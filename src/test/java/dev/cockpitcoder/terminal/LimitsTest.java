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

/** Terminals that take more than they may. */
class LimitsTest extends ShellsTest {
    private static final int MANY = 150;
    /** Doubles until it has a thousand processes, and no more: it is to be harmless where the limit does not hold. */
    private static final String BOMB =
            "b() { if [ $1 -gt 0 ]; then b $(($1-1)) & b $(($1-1)) & fi; exec sleep %s; }; (b 9) 2>/dev/null\r";

    private final String mark = "86400." + System.nanoTime();

    private void limit(Limits wanted) throws IOException {
        limits = wanted;
        reopen();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aForkBombEndsItsTerminalAndNobodyElseSuffers(Isolation wanted) throws Exception {
        assumeTrue(wanted == Isolation.NONE || Isolation.of("auto") == wanted, "bubblewrap does not work here");
        isolation = wanted;
        limit(new Limits(MANY, Duration.ZERO, 0));
        FakeClient bomber = v1("");
        FakeClient other = v1("\"terminal\":\""
                + terminals.start(session, TerminalSize.DEFAULT, Drain.LATEST).id() + '"');

        bomber.type(0, BOMB.formatted(mark));

        bomber.peer.until(() -> bomber.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(bomber.peer.awaitMessage("notice").getString("code")).isEqualTo("PROCESS_LIMIT");
        assertThat(bomber.peer.awaitMessage("exit").getString("reason")).isEqualTo("PROCESS_LIMIT");
        assertThat(terminal().record().ending()).isEqualTo(Ending.PROCESS_LIMIT);
        assertThat(noticed).extracting(PtyMessage.Notice::code).contains("PROCESS_LIMIT");
        Await.until(() -> "bombs left", () -> ProcessHandle.allProcesses()
                .noneMatch(process -> process.info().commandLine().orElse("").endsWith(mark)));
        other.type(0, "echo still-$((1+1))\r");
        other.peer.until(() -> new String(other.peer.data()).contains("still-2"));
    }

    @Test
    void whatWritesTooMuchIsEnded() throws Exception {
        limit(new Limits(0, Duration.ZERO, 1 << 20));
        FakeClient v1 = v1("\"window\":4194304");
        FakeClient text = text();

        text.type("yes\r");

        v1.peer.until(() -> {
            v1.ackAll();
            return v1.peer.closeCode() == CloseCode.SHELL_ENDED;
        });
        text.peer.until(() -> text.peer.closeCode() == CloseCode.SHELL_ENDED);
        assertThat(v1.peer.awaitMessage("notice").getString("code")).isEqualTo("OUTPUT_LIMIT");
        assertThat(v1.peer.awaitMessage("exit").getString("reason")).isEqualTo("OUTPUT_LIMIT");
        assertThat(text.peer.text()).contains("[The terminal was ended: it wrote more than 1 MiB.]");
        assertThat(TerminalView.of(terminal()).reason()).isEqualTo("OUTPUT_LIMIT");
    }

    @Test
    void theEndOfALifetimeIsSaidBefore() throws Exception {
        limit(new Limits(0, Duration.ofSeconds(3), 0));
        FakeClient client = v1("");

        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);

        assertThat(noticed).extracting(PtyMessage.Notice::code).containsExactly("LIFETIME_LIMIT", "LIFETIME_LIMIT");
        assertThat(noticed.get(0).endsIn()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(noticed.get(1).endsIn()).isZero();
        assertThat(client.peer.messages("notice").get(0).getInt("endsIn")).isPositive();
        assertThat(client.peer.awaitMessage("exit").getString("reason")).isEqualTo("LIFETIME_LIMIT");
    }

    @Test
    void whatStaysWithinItsLimitsIsLeftAlone() throws Exception {
        limit(new Limits(MANY, Duration.ofDays(1), 1 << 30));
        FakeClient client = v1("");
        client.type(0, "for i in $(seq 20); do sleep 0.1 & done; wait; sleep 0.5; exit 3\r");

        client.peer.until(() -> client.peer.closeCode() == CloseCode.SHELL_ENDED);

        assertThat(noticed).isEmpty();
        assertThat(client.peer.awaitMessage("exit").getString("reason")).isEqualTo("PROGRAM");
    }
}
