package dev.cockpitcoder.agent;

import java.io.IOException;

import dev.cockpitcoder.command.Output.Channel;

/** One run of an agent: what it does with one instruction. */
public interface AgentRun {
    /** Where its output goes, a call at a time, and what it asks. Must not take long. */
    interface Sink {
        void output(Channel channel, String text);

        void tool(ToolCall call);

        /** Whoever takes it answers it; the run answers it with nothing when it ends. */
        void asked(Question question);

        /** The profile has answered by itself. */
        void answered(Question question, boolean allowed);
    }

    /**
     * Starts it and waits for its end, on this thread all the time; when this returns, none of its processes lives. Called once.
     *
     * @throws IOException when it cannot be started
     */
    RunEnd run() throws IOException;

    /** Ends all its processes and waits for that, for about six seconds at most. Only the first reason counts. */
    void end(RunEnd.Reason why);

    /** Sends what it wrote and is not sent yet. */
    void drain();
}
