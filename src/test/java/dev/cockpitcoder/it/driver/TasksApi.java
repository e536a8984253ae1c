package dev.cockpitcoder.it.driver;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

/** The tasks of a session, as the mobile client asks for them. */
public record TasksApi(CodingSession session) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Set<String> OVER = Set.of("completed", "failed");

    /** Has the scripted agent run this; gives the task's id. */
    public String create(String script) {
        return create("scripted", script);
    }

    public String create(String agent, String instruction) {
        JsonObject body = Json.createObjectBuilder()
                .add("instruction", instruction)
                .add("branch", "main")
                .add("context", Json.createObjectBuilder().add("hints", "none"))
                .add("agent", agent)
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

    public void followUp(String id, String content) {
        post(
                        "/" + id + "/messages",
                        Json.createObjectBuilder().add("content", content).build())
                .expect(202);
    }

    public List<JsonObject> approvals(String id) {
        return get(id + "/approvals")
                .expect(200)
                .json()
                .getJsonArray("approvals")
                .getValuesAs(JsonObject.class);
    }

    public Answer answer(String id, String approval, boolean confirmed) {
        return post(
                "/" + id + "/approvals/" + approval,
                Json.createObjectBuilder().add("confirmed", confirmed).build());
    }

    public Answer cancel(String id) {
        return post("/" + id + "/cancel", JsonObject.EMPTY_JSON_OBJECT);
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
