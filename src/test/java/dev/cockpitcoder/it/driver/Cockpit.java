package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** A running server, as a client sees it. */
public final class Cockpit {
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String base;
    private final Path home;
    private String operator;

    /** @param home the server's data directory, for its pairing code */
    public Cockpit(String base, Path home) {
        this.base = base;
        this.home = home;
    }

    public String base() {
        return base;
    }

    public String webSocketBase() {
        return "ws" + base.substring("http".length());
    }

    public String pairingCode() {
        try {
            return Files.readString(home.resolve("pairing-code")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operator's token, paired for when first asked for. */
    public String operator() {
        if (operator == null) {
            operator = post(
                            null,
                            "/api/auth/pair",
                            Json.createObjectBuilder()
                                    .add("code", pairingCode())
                                    .add("device", "tests")
                                    .build())
                    .expect(200)
                    .json()
                    .getString("token");
        }
        return operator;
    }

    public CodingSession session(Path repo) {
        JsonObject body = Json.createObjectBuilder()
                .add("repo", repo.toString())
                .add("label", "a test")
                .add("via", "direct")
                .build();
        return new CodingSession(
                this, post(operator(), "/api/session", body).expect(201).json());
    }

    public Answer get(String token, String path, String... headers) {
        return send(request(token, path, headers).GET());
    }

    public Answer post(String token, String path, JsonObject body, String... headers) {
        return post(token, path, body.toString(), headers);
    }

    public Answer post(String token, String path, String body, String... headers) {
        return send(request(token, path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    public Answer delete(String token, String path) {
        return send(request(token, path).DELETE());
    }

    /** Any method, with a JSON body when {@code body} is not null. */
    public Answer call(String method, String token, String path, String body, String... headers) {
        HttpRequest.Builder request = request(token, path, headers);
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String token, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
