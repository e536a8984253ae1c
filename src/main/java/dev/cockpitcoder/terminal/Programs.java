package dev.cockpitcoder.terminal;

import java.util.UUID;
import java.util.function.ObjIntConsumer;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.process.Launch;

/** For rooms that have something else to run on a terminal than a shell. */
public interface Programs {
    /**
     * Starts a program on a new terminal of a session, which is listed, watched, typed into, limited and closed as every other.
     *
     * @param terminalId of no terminal yet
     * @param output told what the terminal shows and how much of the array that is, on the thread that reads it: must neither
     *     block nor keep the array
     * @throws ProblemException TOO_MANY, UNAVAILABLE, or NOT_FOUND when the session has ended
     */
    Program start(UUID terminalId, UUID sessionId, Launch launch, TerminalSize size, ObjIntConsumer<byte[]> output);
}
