package dev.cockpitcoder.agent;

import java.time.Duration;

/**
 * How a run ended.
 *
 * @param code the exit code; null when there is none
 * @param detail what more there is to say, for people; null for nothing
 */
public record RunEnd(Reason reason, Integer code, Duration duration, String detail) {
    /** Why it ended. */
    public enum Reason {
        DONE("is done"),
        FAILED("failed"),
        CANCELLED("was cancelled"),
        INTERRUPTED("was interrupted by the stop of the server"),
        WALL_TIME("took longer than it may"),
        IDLE_TIME("wrote nothing for longer than it may"),
        OUTPUT("wrote more than it may"),
        FILES("made more files than it may"),
        DISK("took more disk space than it may");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** What is said of the agent. */
        public String words() {
            return words;
        }
    }
}
