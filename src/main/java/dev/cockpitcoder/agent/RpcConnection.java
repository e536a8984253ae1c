package dev.cockpitcoder.agent;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** JSON-RPC 2.0 over {@link JsonLines}. Members that are not known are passed over. */
final class RpcConnection {
    private static final int NO_SUCH_METHOD = -32601;
    private static final int INVALID_PARAMS = -32602;

    /** What the other side says by itself. */
    interface Handler {
        void notified(String method, JsonObject params);

        /** @return the result, perhaps later; empty for a method that is not offered */
        Optional<CompletableFuture<JsonObject>> asked(String method, JsonObject params);
    }

    private final JsonLines lines;
    private final Handler handler;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RpcConnection(OutputStream out, Handler handler) {
        this.lines = new JsonLines(out);
        this.handler = handler;
    }

    /** Waits for the result. */
    JsonObject call(String method, JsonObject params) throws Dialogue.Failure, InterruptedException {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> result = new CompletableFuture<>();
        pending.put(id, result);
        lines.send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", method)
                .add("params", params)
                .build());
        if (closed) {
            fail(result, "The agent is gone");
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new Dialogue.Failure(e.getCause().getMessage());
        }
    }

    void tell(String method, JsonObject params) {
        lines.send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("method", method)
                .add("params", params)
                .build());
    }

    /** Until the other side ends; then everything that waits fails. */
    void read(InputStream in) {
        try {
            JsonLines.read(in, this::received);
        } finally {
            closed = true;
            pending.values().forEach(result -> fail(result, "The agent ended in the middle of its work"));
        }
    }

    private static void fail(CompletableFuture<JsonObject> result, String why) {
        result.completeExceptionally(new Dialogue.Failure(why));
    }

    private void received(JsonObject message) {
        JsonValue id = message.get("id");
        if (!message.containsKey("method")) {
            answered(message, id);
            return;
        }
        try {
            dispatch(message, id);
        } catch (RuntimeException e) {
            if (id != null) {
                refuse(id, INVALID_PARAMS, "This cannot be understood");
            }
            throw e;
        }
    }

    private void dispatch(JsonObject message, JsonValue id) {
        String method = message.getString("method");
        JsonObject params = message.get("params") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
        if (id == null) {
            handler.notified(method, params);
        } else {
            handler.asked(method, params)
                    .ifPresentOrElse(
                            result -> result.thenAccept(value -> answer(id, "result", value)),
                            () -> refuse(id, NO_SUCH_METHOD, "This client does not offer " + method));
        }
    }

    private void answered(JsonObject message, JsonValue id) {
        CompletableFuture<JsonObject> result =
                id instanceof JsonNumber number ? pending.remove(number.intValue()) : null;
        if (result == null) {
            return;
        }
        if (message.get("error") instanceof JsonObject error) {
            fail(result, "The agent answered: " + error.getString("message", "error"));
        } else {
            result.complete(message.get("result") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT);
        }
    }

    private void refuse(JsonValue id, int code, String why) {
        JsonObject error =
                Json.createObjectBuilder().add("code", code).add("message", why).build();
        answer(id, "error", error);
    }

    private void answer(JsonValue id, String member, JsonObject value) {
        lines.send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add(member, value)
                .build());
    }
}
