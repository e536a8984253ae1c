package dev.cockpitcoder.agent;

import java.io.InputStream;

/** A conversation with an agent over its input and output, about one instruction. */
interface Dialogue {
    /** It did not go as it should. The message is a sentence for people. */
    final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    /** Hears the agent until its output ends, on a thread of its own; then whoever waits for an answer gets a {@link Failure}. */
    void read(InputStream in);

    /** Returns when the agent has done what it is asked. */
    void converse() throws Failure, InterruptedException;

    /** Asks the agent to stop; {@link #converse} then returns soon, or never when the agent does not care. */
    void cancel();
}
