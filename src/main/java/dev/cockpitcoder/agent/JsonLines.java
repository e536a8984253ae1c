package dev.cockpitcoder.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

/**
 * JSON objects, a line each, as agents speak. Lines that are none are passed over: an agent's other output must not end the
 * conversation. What is read is handled in its order, on the thread that reads.
 */
final class JsonLines {
    private static final Logger LOG = Logger.getLogger(JsonLines.class.getName());
    private static final int MAX_LINE_BYTES = 32 << 20;
    private static final int CHUNK = 64 << 10;

    private final OutputStream out;

    JsonLines(OutputStream out) {
        this.out = out;
    }

    synchronized void send(JsonObject message) {
        try {
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // the reader finds out too, and says what there is to say
            LOG.log(Level.FINE, "An agent does not read any more", e);
        }
    }

    /** Until the other side ends. What the handler throws ends nothing. */
    static void read(InputStream in, Consumer<JsonObject> handler) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int count; (count = in.read(chunk)) >= 0; ) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (chunk[i] == '\n') {
                        line.write(chunk, from, i - from);
                        parse(line.toString(StandardCharsets.UTF_8)).ifPresent(message -> handle(message, handler));
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
        }
    }

    private static void handle(JsonObject message, Consumer<JsonObject> handler) {
        try {
            handler.accept(message);
        } catch (RuntimeException e) {
            // members of another type than they should have
            LOG.log(Level.FINE, "A message of an agent is passed over", e);
        }
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
}
