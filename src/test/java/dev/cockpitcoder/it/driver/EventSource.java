package dev.cockpitcoder.it.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of Server-Sent Events, as WHATWG HTML (section 9.2.6) reads them. */
public final class EventSource implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TOO_MANY = 429;

    /** @param id empty when the event has none; the data is null for a comment, and for the end of the stream */
    public record Event(String id, JsonObject data, boolean comment) {
        public boolean isEnd() {
            return data == null && !comment;
        }
    }

    private final BlockingQueue<Event> received = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> response;

    private EventSource(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** @param path with its query; {@code headers} are names and values in turn */
    public static EventSource open(String base, String token, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            EventSource source = new EventSource(response(request.build()));
            assertThat(source.response.statusCode()).isEqualTo(200);
            assertThat(source.header("Content-Type")).startsWith("text/event-stream");
            Thread reader = new Thread(source::read, "event-source");
            reader.setDaemon(true);
            reader.start();
            return source;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connections that failed count as readers until the server has noticed: comes back when it is told to wait. */
    private static HttpResponse<InputStream> response(HttpRequest request) throws IOException, InterruptedException {
        AtomicReference<HttpResponse<InputStream>> answer = new AtomicReference<>();
        answer.set(Cockpit.HTTP.send(request, BodyHandlers.ofInputStream()));
        Eventually.holds(() -> "a place among the readers", PATIENCE, () -> {
            if (answer.get().statusCode() == TOO_MANY) {
                answer.set(again(request, answer.get()));
            }
            return answer.get().statusCode() != TOO_MANY;
        });
        return answer.get();
    }

    private static HttpResponse<InputStream> again(HttpRequest request, HttpResponse<InputStream> refusal) {
        try (InputStream body = refusal.body()) {
            body.readAllBytes();
            return Cockpit.HTTP.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The next one; fails when none comes in time. */
    public Event nextOfAll() {
        try {
            Event event = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event).as("an event within %s", PATIENCE).isNotNull();
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next one that is no comment. */
    public Event next() {
        Event event = nextOfAll();
        return event.comment() ? next() : event;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && data.length() > 0) {
                    received.add(new Event(id, json(data.toString()), false));
                    id = "";
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                } else if (line.startsWith(":")) {
                    received.add(new Event("", null, true));
                } else if (!line.isEmpty()) {
                    throw new IllegalStateException("a line that is no field: " + line);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            received.add(new Event("", null, false));
            return;
        }
        received.add(new Event("", null, false));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
