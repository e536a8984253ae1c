package dev.cockpitcoder.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;

/**
 * JSON-RPC 2.0 over a line each, as agents speak it. Lines that are no message, and members that are not known, are passed over: an
 * agent's other output must not end the conversation. Messages are handled in their order, on the thread that reads.
 */
final class RpcConnection {
    private static final Logger LOG = Logger.getLogger(RpcConnection.class.getName());
    private static final int MAX_LINE_BYTES = 32 << 20;
    private static final int CHUNK = 64 << 10;
    private static final int NO_SUCH_METHOD = -32601;
    private static final int INVALID_PARAMS = -32602;

    /** What the other side says by itself. */
    interface Handler {
        void notified(String method, JsonObject params);

        /** @return the result, perhaps later; empty for a method that is not offered */
        Optional<CompletableFuture<JsonObject>> asked(String method, JsonObject params);
    }

    /** The other side answered with an error, or is gone. The message is a sentence for people. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    private final OutputStream out;
    private final Handler handler;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RpcConnection(OutputStream out, Handler handler) {
        this.out = out;
        this.handler = handler;
    }

    /** The result; fails with {@link Failure}. */
    CompletableFuture<JsonObject> request(String method, JsonObject params) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> result = new CompletableFuture<>();
        pending.put(id, result);
        send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add("method", method)
                .add("params", params)
                .build());
        if (closed) {
            fail(result, "The agent is gone");
        }
        return result;
    }

    void tell(String method, JsonObject params) {
        send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("method", method)
                .add("params", params)
                .build());
    }

    private synchronized void send(JsonObject message) {
        try {
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // the reader finds out too, and says what there is to say
            LOG.log(Level.FINE, "An agent does not read any more", e);
        }
    }

    /** Until the other side ends; then everything that waits fails. */
    void read(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int count; (count = in.read(chunk)) >= 0; ) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (chunk[i] == '\n') {
                        line.write(chunk, from, i - from);
                        received(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                        from = i + 1;
                    }
                }
                line.write(chunk, from, count - from);
                if (line.size() > MAX_LINE_BYTES) {
                    throw new IOException("a line without end");
                }
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "An agent's output ended early", e);
        } finally {
            closed = true;
            pending.values().forEach(result -> fail(result, "The agent ended in the middle of its work"));
        }
    }

    private static void fail(CompletableFuture<JsonObject> result, String why) {
        result.completeExceptionally(new Failure(why));
    }

    private void received(String line) {
        parse(line).ifPresent(message -> {
            try {
                dispatch(message);
            } catch (RuntimeException e) {
                // members of another type than they should have
                LOG.log(Level.FINE, "A message of an agent is passed over", e);
                if (message.containsKey("method") && message.containsKey("id")) {
                    refuse(message.get("id"), INVALID_PARAMS, "This cannot be understood");
                }
            }
        });
    }

    private static Optional<JsonObject> parse(String line) {
        if (!line.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return Optional.of(reader.readObject());
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "A line of an agent is no message", e);
            return Optional.empty();
        }
    }

    private void dispatch(JsonObject message) {
        JsonValue id = message.get("id");
        if (!message.containsKey("method")) {
            answered(message, id);
            return;
        }
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
        send(Json.createObjectBuilder()
                .add("jsonrpc", "2.0")
                .add("id", id)
                .add(member, value)
                .build());
    }
}
