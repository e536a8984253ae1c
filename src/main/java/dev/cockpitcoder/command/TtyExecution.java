package dev.cockpitcoder.command;

import java.time.Duration;
import java.util.concurrent.Future;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.terminal.Program;

/** On a terminal of its session: clients watch it there, and type into it. */
final class TtyExecution implements Execution {
    private static final Duration SOON = Duration.ofMillis(200);

    private final Program program;
    private final Duration timeout;
    private final Output output;
    private final WorkerThreads threads;
    private Phase ending;

    /** @param program runs already, and its terminal writes into {@code output} */
    TtyExecution(Program program, Duration timeout, Output output, WorkerThreads threads) {
        this.program = program;
        this.timeout = timeout;
        this.output = output;
        this.threads = threads;
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Result run() {
        long begin = System.nanoTime();
        Future<?> overdue = threads.later(timeout, () -> end(Phase.TIMED_OUT));
        int code = exitCode();
        overdue.cancel(false);
        Phase phase = phase(code);
        if (!endsSoon()) {
            // what it left behind still has the terminal
            program.end();
        }
        output.end(Channel.STDOUT);
        return Result.of(phase, code, begin, output);
    }

    @Override
    public void end(Phase why) {
        synchronized (this) {
            ending = ending == null ? why : ending;
        }
        program.end();
    }

    private synchronized Phase phase(int code) {
        if (ending != null) {
            return ending;
        }
        return program.closed() ? Phase.CANCELLED : Phase.of(code);
    }

    private int exitCode() {
        while (true) {
            try {
                return program.waitFor();
            } catch (InterruptedException e) {
                // the container takes its threads back
                end(Phase.INTERRUPTED);
            }
        }
    }

    private boolean endsSoon() {
        try {
            return program.ends(SOON);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
