package dev.cockpitcoder.terminal;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that are gone without a farewell. */
class LivenessTest extends ShellsTest {
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(10);

    @Test
    void aDeadLinkIsFoundWithinTenSecondsAndALivingOneStays() throws Exception {
        FakeClient living = v1("");
        FakeClient oldLiving = text();
        FakeClient dead = v1("").dead();
        FakeClient oldDead = text().dead();
        long since = System.nanoTime();

        dead.peer.until(() -> dead.peer.closeCode() == CloseCode.TRY_LATER);
        oldDead.peer.until(() -> oldDead.peer.closeCode() == CloseCode.TRY_LATER);

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(FOUND_WITHIN);
        assertThat(living.peer.closeCode()).isZero();
        assertThat(oldLiving.peer.closeCode()).isZero();
        assertThat(terminal().viewers()).hasSize(2);
        assertThat(living.peer.messages("heartbeat")).isNotEmpty();
        assertThat(living.peer.messages("attached").get(0).getInt("heartbeat")).isEqualTo(3000);
        assertThat(oldLiving.peer.text()).doesNotContain("heartbeat");
    }

    @Test
    void aLinkThatIsFullOfOutputIsGivenTheTimeItNeeds() {
        Liveness liveness = new Liveness(1);
        liveness.sent(1_000_000);
        assertThat(liveness.isGone()).isFalse();
    }

    @Test
    void aFrameWhoseHandlingTakesLongIsASignOfLife() {
        Liveness liveness = new Liveness(1);
        liveness.handle(() -> assertThat(liveness.isGone()).isFalse());
        assertThat(liveness.isQuiet()).isFalse();
    }
}
