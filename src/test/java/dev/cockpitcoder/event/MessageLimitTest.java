package dev.cockpitcoder.event;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageLimitTest {
    private final MessageLimit limit = new MessageLimit();
    private final UUID session = UUID.randomUUID();
    /** Near the overflow, which nanoTime may be. */
    private final long now = Long.MAX_VALUE - 5;

    @Test
    void aBurstIsTakenAndThenASteadyPace() {
        assertThat(taken(100, now)).isEqualTo(MessageLimit.AT_ONCE);
        assertThat(taken(100, now + TimeUnit.SECONDS.toNanos(1))).isEqualTo(MessageLimit.PER_SECOND);
        assertThat(taken(100, now + TimeUnit.HOURS.toNanos(1))).isEqualTo(MessageLimit.AT_ONCE);
    }

    @Test
    void othersAreNotHeldBack() {
        taken(100, now);

        assertThat(limit.allows(UUID.randomUUID(), now)).isTrue();
    }

    private long taken(int tries, long at) {
        return IntStream.range(0, tries).filter(i -> limit.allows(session, at)).count();
    }
}
