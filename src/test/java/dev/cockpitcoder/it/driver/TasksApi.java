package dev.cockpitcoder.it.driver;

import java.time.Duration;
import java.util.Set;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

/** The tasks of a session, as the mobile client asks for them. */
public record TasksApi(CodingSession session) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Set<String> OVER = Set.of("completed", "failed");

    /** Has the scripted agent run this; gives the task's id. */
    public String create(String script) {
        JsonObject body = Json.createObjectBuilder()
                .add("instruction", script)
                .add("branch", "main")
                .add("context", Json.createObjectBuilder().add("hints", "none"))
                .add("agent", "scripted")
                .build();
        return post("", body).expect(202).json().getString("taskId");
    }

    public JsonObject read(String id) {
        return get(id).expect(200).json();
    }

    /** Asks until it is over. */
    public JsonObject await(String id) {
        Eventually.holds(() -> "an end of " + read(id), PATIENCE, () -> OVER.contains(read(id).getString("status")));
        return read(id);
    }

    public JsonArray patches(String id) {
        return get(id + "/patches").expect(200).json().getJsonArray("patches");
    }

    /** Each hunk an item of its own, as the mobile client names them. */
    public Answer apply(String id, String message, String file, int... hunks) {
        var select = Json.createArrayBuilder();
        for (int hunk : hunks) {
            select.add(Json.createObjectBuilder()
                    .add("file", file)
                    .add("hunks", Json.createArrayBuilder().add(hunk)));
        }
        return post(
                "/" + id + "/apply",
                Json.createObjectBuilder()
                        .add("select", select)
                        .add("commitMessage", message)
                        .build());
    }

    public Answer get(String path) {
        return session.cockpit().get(session.token(), "/api/tasks/" + path);
    }

    public Answer post(String path, JsonObject body, String... headers) {
        return session.cockpit().post(session.token(), "/api/tasks" + path, body, headers);
    }
}
