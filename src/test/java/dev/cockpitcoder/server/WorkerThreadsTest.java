package dev.cockpitcoder.server;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerThreadsTest {
    private static final int WORKERS = 3;

    private final WorkerThreads threads = new WorkerThreads("test", Thread::new, WORKERS);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void whatFindsNoWorkerWaitsItsTurn() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(WORKERS);
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < WORKERS - 1; i++) {
            threads.run(() -> block(busy, new CountDownLatch(1)));
        }
        threads.run(() -> block(busy, goOn));
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CountDownLatch last = new CountDownLatch(1000);

        IntStream.range(0, 1000)
                .forEach(i -> threads.run(() -> {
                    ran.add(i);
                    last.countDown();
                }));
        assertThat(ran).isEmpty();
        goOn.countDown();

        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void asManyWorkAtOnceAsMayAndNoMore() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(WORKERS);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(100);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();

        for (int i = 0; i < 100; i++) {
            threads.run(() -> {
                workers.add(Thread.currentThread());
                block(busy, goOn);
                all.countDown();
            });
        }
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        goOn.countDown();

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(workers).hasSize(WORKERS);
    }

    private static void block(CountDownLatch busy, CountDownLatch goOn) {
        busy.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
