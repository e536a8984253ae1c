package dev.cockpitcoder.command;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.ProcessTree;
import dev.cockpitcoder.process.Spawner;
import dev.cockpitcoder.server.WorkerThreads;

/** With output and errors on a pipe each, and no input. */
public final class PipedExecution implements Execution {
    private static final Logger LOG = Logger.getLogger(Execution.class.getName());
    private static final int CHUNK = 16 << 10;
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final int GONE_WITHOUT_CODE = 137;

    private final Launch launch;
    private final Duration timeout;
    private final Output output;
    private final WorkerThreads threads;
    private final CountDownLatch read = new CountDownLatch(Channel.values().length);
    private ProcessTree tree;
    private Phase ending;

    public PipedExecution(Launch launch, Duration timeout, Output output, WorkerThreads threads) {
        this.launch = launch;
        this.timeout = timeout;
        this.output = output;
        this.threads = threads;
    }

    @Override
    public Output output() {
        return output;
    }

    /** Starts it, too: under bubblewrap the processes die with the thread that started them. */
    @Override
    public Result run() throws IOException {
        long begin = System.nanoTime();
        Phase before = ending();
        if (before != null) {
            return Result.of(before, null, begin, output);
        }
        Process process = Spawner.start(launch.builder());
        ProcessTree started = launch.startedAs(process.pid());
        begun(started);
        threads.run(() -> read(process.getInputStream(), Channel.STDOUT));
        threads.run(() -> read(process.getErrorStream(), Channel.STDERR));
        if (!exits(process, timeout)) {
            end(Phase.TIMED_OUT);
            exits(process, LATEST);
        }
        if (launch.isolation() == Isolation.NONE || !readWithin(SOON)) {
            started.terminate();
            readWithin(LATEST);
        }
        int code = process.isAlive() ? GONE_WITHOUT_CODE : process.exitValue();
        Phase phase = ending();
        return Result.of(phase == null ? Phase.of(code) : phase, code, begin, output);
    }

    @Override
    public void end(Phase why) {
        ProcessTree running;
        synchronized (this) {
            ending = ending == null ? why : ending;
            running = tree;
        }
        if (running != null) {
            running.terminate();
        }
    }

    private void begun(ProcessTree begun) {
        boolean late;
        synchronized (this) {
            tree = begun;
            late = ending != null;
        }
        if (late) {
            begun.terminate();
        }
    }

    private synchronized Phase ending() {
        return ending;
    }

    private boolean exits(Process process, Duration within) {
        try {
            return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // the container takes its threads back
            end(Phase.INTERRUPTED);
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private boolean readWithin(Duration limit) {
        try {
            return read.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read(InputStream stream, Channel channel) {
        byte[] chunk = new byte[CHUNK];
        try (stream) {
            for (int count; (count = stream.read(chunk)) >= 0; ) {
                output.append(channel, chunk, count);
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "The output of a command ended early", e);
        } finally {
            output.end(channel);
            read.countDown();
        }
    }
}
