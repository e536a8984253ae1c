package dev.cockpitcoder.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class TurnTakingTest {
    private static final int TASKS = 1000;

    @Test
    void onePieceOfWorkAfterTheOther() throws Exception {
        try (WorkerThreads threads = new WorkerThreads("test", Thread::new, 8)) {
            TurnTaking turns = new TurnTaking(threads);
            AtomicInteger working = new AtomicInteger();
            List<Integer> done = new CopyOnWriteArrayList<>();
            List<Integer> together = new CopyOnWriteArrayList<>();
            CountDownLatch left = new CountDownLatch(TASKS);
            for (int i = 0; i < TASKS; i++) {
                int number = i;
                turns.run(() -> {
                    together.add(working.incrementAndGet());
                    done.add(number);
                    working.decrementAndGet();
                    left.countDown();
                });
            }

            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(together).containsOnly(1);
            assertThat(done).isEqualTo(IntStream.range(0, TASKS).boxed().toList());
        }
    }
}
