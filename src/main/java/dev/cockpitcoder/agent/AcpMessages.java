package dev.cockpitcoder.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** The messages of the Agent Client Protocol, version 1 (agentclientprotocol.com), as far as this client uses them. */
final class AcpMessages {
    private static final int VERSION = 1;

    private AcpMessages() {}

    /** Offers nothing: the agent reads and writes its files itself, where it is confined to. */
    static JsonObject initialize() {
        return Json.createObjectBuilder()
                .add("protocolVersion", VERSION)
                .add(
                        "clientCapabilities",
                        Json.createObjectBuilder()
                                .add(
                                        "fs",
                                        Json.createObjectBuilder()
                                                .add("readTextFile", false)
                                                .add("writeTextFile", false))
                                .add("terminal", false))
                .build();
    }

    static boolean loadsSessions(JsonObject initialized) {
        return initialized.get("agentCapabilities") instanceof JsonObject capabilities
                && capabilities.get("loadSession") == JsonValue.TRUE;
    }

    static JsonObject newSession(Path directory) {
        return Json.createObjectBuilder()
                .add("cwd", directory.toString())
                .add("mcpServers", JsonValue.EMPTY_JSON_ARRAY)
                .build();
    }

    static JsonObject loadSession(String session, Path directory) {
        return Json.createObjectBuilder(newSession(directory))
                .add("sessionId", session)
                .build();
    }

    static JsonObject prompt(String session, String text) {
        return Json.createObjectBuilder()
                .add("sessionId", session)
                .add(
                        "prompt",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("type", "text")
                                        .add("text", text)))
                .build();
    }

    static JsonObject cancel(String session) {
        return Json.createObjectBuilder().add("sessionId", session).build();
    }

    /** The text of a chunk; empty for what is no text. */
    static Optional<String> text(JsonObject update) {
        return update.get("content") instanceof JsonObject content && content.containsKey("text")
                ? Optional.of(content.getString("text"))
                : Optional.empty();
    }

    /** What is asked; empty when the agent does not say. */
    static String title(JsonObject params) {
        return params.get("toolCall") instanceof JsonObject call ? call.getString("title", "") : "";
    }

    static List<Question.Option> options(JsonObject params) {
        return params.getJsonArray("options").getValuesAs(JsonObject.class).stream()
                .map(option -> new Question.Option(
                        option.getString("optionId"), option.getString("name", ""), option.getString("kind", "")))
                .toList();
    }

    /** @param option empty when nobody chooses any more */
    static JsonObject outcome(Optional<String> option) {
        return Json.createObjectBuilder()
                .add(
                        "outcome",
                        option.map(id -> Json.createObjectBuilder()
                                        .add("outcome", "selected")
                                        .add("optionId", id))
                                .orElseGet(() -> Json.createObjectBuilder().add("outcome", "cancelled")))
                .build();
    }
}
