package dev.cockpitcoder.agent;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import dev.cockpitcoder.command.Output;
import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.command.Phase;
import dev.cockpitcoder.command.PipedExecution;
import dev.cockpitcoder.command.Result;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.server.WorkerThreads;

/** An agent that is a program: it gets the instruction as an argument, changes files, and exits. */
final class CommandLineRun implements AgentRun {
    private final RunLimits watch;
    private final Report report;
    private final PipedExecution execution;
    private final AtomicReference<RunEnd.Reason> why = new AtomicReference<>();

    CommandLineRun(AgentProfile profile, Launch launch, WorkerThreads threads, Sink sink) {
        AgentLimits limits = profile.limits();
        this.watch = new RunLimits(limits, threads, this::end);
        this.report = new Report(profile.redaction(), threads, sink, watch);
        Output output = new Output(limits.outputBytes(), new Output.Listener() {
            @Override
            public void wrote(Channel channel, String text) {
                report.heard();
                report.add(channel, text);
            }

            @Override
            public void truncated() {
                threads.run(() -> end(RunEnd.Reason.OUTPUT));
            }
        });
        this.execution = new PipedExecution(launch, limits.wall(), output, threads);
    }

    @Override
    public RunEnd run() throws IOException {
        watch.begin();
        try {
            Result result = execution.run();
            return new RunEnd(reason(result.phase()), result.code(), result.duration(), null);
        } finally {
            watch.end();
        }
    }

    private RunEnd.Reason reason(Phase phase) {
        return switch (phase) {
            case COMPLETED -> RunEnd.Reason.DONE;
            case TIMED_OUT -> RunEnd.Reason.WALL_TIME;
            case CANCELLED, INTERRUPTED -> why.get() == null ? RunEnd.Reason.INTERRUPTED : why.get();
            default -> RunEnd.Reason.FAILED;
        };
    }

    @Override
    public void end(RunEnd.Reason reason) {
        why.compareAndSet(null, reason);
        execution.end(Phase.CANCELLED);
    }

    @Override
    public void drain() {
        report.drain();
    }
}
