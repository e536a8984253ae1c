package dev.cockpitcoder.agent;

import java.util.List;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/** The messages of {@code claude -p} in its stream-json formats, as far as this client uses them. */
final class ClaudeMessages {
    static final String ALLOW = "allow";
    static final List<Question.Option> OPTIONS = List.of(
            new Question.Option(ALLOW, "Allow", "allow_once"), new Question.Option("deny", "Reject", "reject_once"));
    /** What makes it speak so. */
    static final List<String> ARGUMENTS = List.of(
            "-p",
            "--input-format",
            "stream-json",
            "--output-format",
            "stream-json",
            "--verbose",
            "--permission-prompt-tool",
            "stdio");

    private ClaudeMessages() {}

    static JsonObject request(String id, String subtype) {
        return Json.createObjectBuilder()
                .add("type", "control_request")
                .add("request_id", id)
                .add("request", Json.createObjectBuilder().add("subtype", subtype))
                .build();
    }

    static JsonObject prompt(String text) {
        return Json.createObjectBuilder()
                .add("type", "user")
                .add("session_id", "")
                .add("parent_tool_use_id", JsonValue.NULL)
                .add(
                        "message",
                        Json.createObjectBuilder()
                                .add("role", "user")
                                .add(
                                        "content",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder()
                                                        .add("type", "text")
                                                        .add("text", text))))
                .build();
    }

    /** @param input what the tool is to be called with */
    static JsonObject permission(String requestId, boolean allowed, JsonObject input) {
        JsonObject decision = allowed
                ? Json.createObjectBuilder()
                        .add("behavior", "allow")
                        .add("updatedInput", input)
                        .build()
                : Json.createObjectBuilder()
                        .add("behavior", "deny")
                        .add("message", "The user does not allow this.")
                        .build();
        return response(Json.createObjectBuilder()
                .add("subtype", "success")
                .add("request_id", requestId)
                .add("response", decision)
                .build());
    }

    static JsonObject refusal(String requestId, String why) {
        return response(Json.createObjectBuilder()
                .add("subtype", "error")
                .add("request_id", requestId)
                .add("error", why)
                .build());
    }

    private static JsonObject response(JsonObject response) {
        return Json.createObjectBuilder()
                .add("type", "control_response")
                .add("response", response)
                .build();
    }

    /** The parts of what somebody said. */
    static List<JsonObject> parts(JsonObject message) {
        return message.get("message") instanceof JsonObject said && said.get("content") instanceof JsonArray parts
                ? parts.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    static JsonObject input(JsonObject call) {
        return call.get("input") instanceof JsonObject input ? input : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** What the use of a tool is about, for people. */
    static String title(String tool, JsonObject input) {
        return Stream.of("command", "file_path", "notebook_path", "pattern", "url", "query", "description")
                .map(input::get)
                .filter(JsonString.class::isInstance)
                .map(value -> tool + ": " + ((JsonString) value).getString())
                .findFirst()
                .orElse(tool);
    }

    /** Why the turn failed; empty when it did not. */
    static String failure(JsonObject result) {
        if (!result.getBoolean("is_error", false)
                && result.getString("subtype", "success").equals("success")) {
            return "";
        }
        String why = result.get("errors") instanceof JsonArray errors && !errors.isEmpty()
                ? errors.get(0) instanceof JsonString error ? error.getString() : "error"
                : result.getString("result", result.getString("subtype", "error"));
        return "The agent answered: " + why;
    }
}
