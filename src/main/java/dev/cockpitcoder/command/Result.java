package dev.cockpitcoder.command;

import java.time.Duration;
import java.util.Map;

import dev.cockpitcoder.command.Output.Channel;

/**
 * How a command ended.
 *
 * @param code 128 + n when signal n ended it; null when it was ended before it began
 */
public record Result(
        Phase phase,
        Integer code,
        Duration duration,
        String output,
        boolean truncated,
        long stdoutBytes,
        long stderrBytes) {
    private static final int SIGNALLED = 128;
    /** signal(7), with the numbers of Linux on x86 and ARM. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            13, "SIGPIPE", 15, "SIGTERM");

    /** @param begin {@link System#nanoTime()} when it began */
    static Result of(Phase phase, Integer code, long begin, Output output) {
        return new Result(
                phase,
                code,
                Duration.ofNanos(System.nanoTime() - begin),
                output.text(),
                output.truncated(),
                output.bytes(Channel.STDOUT),
                output.bytes(Channel.STDERR));
    }

    /** As shells tell it: a program that exits with 128 + n by itself looks the same. Null when no signal ended it. */
    static String signal(Integer code) {
        return code == null ? null : SIGNALS.get(code - SIGNALLED);
    }

    /** A sentence for people. */
    String sentence(String cmd) {
        String time = duration.toMillis() + " ms";
        return switch (phase) {
            case TIMED_OUT -> cmd + " was ended by its time-out after " + time;
            case CANCELLED -> cmd + " was cancelled after " + time;
            case INTERRUPTED -> cmd + " was interrupted by the server's stop after " + time;
            default -> cmd + " finished with exit code " + code + " in " + time;
        };
    }
}
