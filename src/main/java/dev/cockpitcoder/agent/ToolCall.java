package dev.cockpitcoder.agent;

import java.util.Locale;

/**
 * Something an agent does with a tool of its own, as far as it says so.
 *
 * @param id the agent's
 * @param title what it does, for people
 */
public record ToolCall(String id, String title, Status status) {
    /** How far it is. Told as begun at most once, and as ended once. */
    public enum Status {
        BEGUN("in_progress", ""),
        COMPLETED("completed", "Done: "),
        FAILED("failed", "Failed: "),
        /** The turn ended before it did. */
        CANCELLED("cancelled", "Not finished: ");

        private final String text;
        private final String words;

        Status(String text, String words) {
            this.text = text;
            this.words = words;
        }

        /** For JSON. */
        public String text() {
            return text;
        }

        /** What an agent's own word for it means; begun, when it is none of an end. */
        static Status of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "completed" -> COMPLETED;
                case "failed" -> FAILED;
                default -> BEGUN;
            };
        }
    }

    /** A line for people. */
    public String content() {
        return status.words + title;
    }
}
