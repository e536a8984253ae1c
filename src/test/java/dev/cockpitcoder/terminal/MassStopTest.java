package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.cockpitcoder.process.Await;
import dev.cockpitcoder.process.Isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A server that stops with many shells open. {@code -Dterminals=n} says how many. */
@Timeout(180)
class MassStopTest extends ShellsTest {
    private static final int MANY = Integer.getInteger("terminals", 100);
    private static final Duration WITHIN = Duration.ofSeconds(6);

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void allShellsEndTogether(Isolation wanted) throws Exception {
        assumeTrue(wanted == Isolation.NONE || Isolation.of("auto") == wanted, "bubblewrap does not work here");
        isolation = wanted;
        maxTerminals = MANY;
        logBytes = 64 << 10;
        reopen();
        List<Terminal> all = IntStream.range(0, MANY)
                .mapToObj(i -> terminals.start(UUID.randomUUID(), TerminalSize.DEFAULT, Drain.LATEST))
                .toList();
        for (Terminal terminal : all) {
            Await.until(() -> "no prompt", () -> terminal.log().head() > 0);
        }

        long since = System.nanoTime();
        terminals.close();

        Duration took = Duration.ofNanos(System.nanoTime() - since);
        assertThat(all).noneMatch(Terminal::running);
        assertThat(took).isLessThan(WITHIN);
    }
}
