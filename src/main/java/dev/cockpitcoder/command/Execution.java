package dev.cockpitcoder.command;

import java.io.IOException;

/** A command that runs: its processes and its output. */
public interface Execution {
    Output output();

    /** Waits for its end, on this thread all the time. Called once. */
    Result run() throws IOException;

    /**
     * Ends all its processes and waits for that, for about six seconds at most. Only the first reason counts.
     *
     * @param why what it becomes, unless it ended before by itself
     */
    void end(Phase why);
}
