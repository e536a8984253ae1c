package dev.cockpitcoder.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SenderThreadsTest {
    private static final int MOST = 40;
    private static final int PATIENCE_SECONDS = 20;

    private final WorkerThreads clock = new WorkerThreads("test", Thread::new, 2);
    private final SenderThreads threads = new SenderThreads("test", Thread::new, MOST, clock);
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void close() {
        threads.close();
        clock.close();
    }

    @Test
    void fewThreadsDoManyShortTasks() throws InterruptedException {
        int tasks = 20_000;
        CountDownLatch done = new CountDownLatch(tasks);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();

        for (int i = 0; i < tasks; i++) {
            threads.execute(() -> {
                workers.add(Thread.currentThread());
                done.countDown();
            });
        }

        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(workers).hasSizeLessThan(MOST / 2);
    }

    @Test
    void tasksThatBlockDoNotHoldUpTheOthers() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(MOST - 1);
        for (int i = 0; i < MOST - 1; i++) {
            threads.execute(() -> block(blocked));
        }
        assertThat(blocked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        CountDownLatch done = new CountDownLatch(1000);

        for (int i = 0; i < 1000; i++) {
            threads.execute(done::countDown);
        }

        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noMoreBlockAtOnceThanMay() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(MOST);
        CountDownLatch done = new CountDownLatch(MOST);
        for (int i = 0; i < MOST; i++) {
            threads.execute(() -> {
                block(blocked);
                done.countDown();
            });
        }
        assertThat(blocked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        CountDownLatch more = new CountDownLatch(1);
        threads.execute(more::countDown);

        assertThat(more.await(100, TimeUnit.MILLISECONDS)).isFalse();
        released.countDown();

        assertThat(more.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private void block(CountDownLatch blocked) {
        blocked.countDown();
        try {
            released.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
