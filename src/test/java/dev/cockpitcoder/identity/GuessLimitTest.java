package dev.cockpitcoder.identity;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.cockpitcoder.problem.ProblemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class GuessLimitTest {
    private final GuessLimit limit = new GuessLimit();
    private final Instant now = Instant.now();

    @Test
    void everyFurtherFailureDoublesTheWaitUpToFiveMinutes() {
        fail(5);
        assertThat(waitAt(now)).isEqualTo(2);
        fail(1);
        assertThat(waitAt(now)).isEqualTo(3);
        fail(30);
        assertThat(waitAt(now)).isEqualTo(301);
        assertThatCode(() -> limit.check("a", now.plusSeconds(301))).doesNotThrowAnyException();
    }

    @Test
    void othersDoNotWaitAndASuccessForgets() {
        fail(10);
        assertThatCode(() -> limit.check("b", now)).doesNotThrowAnyException();

        limit.succeeded("a");

        assertThatCode(() -> limit.check("a", now)).doesNotThrowAnyException();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            limit.failed("a", now);
        }
    }

    private int waitAt(Instant instant) {
        return catchThrowableOfType(ProblemException.class, () -> limit.check("a", instant))
                .retryAfterSeconds();
    }
}
