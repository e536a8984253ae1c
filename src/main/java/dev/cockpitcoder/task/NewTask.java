package dev.cockpitcoder.task;

import jakarta.json.JsonValue;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/**
 * @param branch absent or empty: the one that is checked out
 * @param agent absent or empty: the preferred one
 */
public record NewTask(
        @Schema(required = true, description = "What the agent is asked")
        String instruction,

        String branch,

        @Schema(
                type = SchemaType.OBJECT,
                description = "Free JSON, usually files and hints; the agent finds it in COCKPIT_CONTEXT")
        JsonValue context,

        @Schema(description = "One of GET /api/agents") String agent) {
    private static final int MAX_CHARS = 100_000;

    String contextText() {
        return context == null || context == JsonValue.NULL ? null : context.toString();
    }

    /** @throws ProblemException INVALID */
    static String requireText(String name, String text) {
        if (text == null || text.isBlank() || text.length() > MAX_CHARS || text.indexOf('\0') >= 0) {
            throw new ProblemException(
                    ProblemCode.INVALID, name + " must be a text of 1 to " + MAX_CHARS + " characters without NUL.");
        }
        return text;
    }
}
