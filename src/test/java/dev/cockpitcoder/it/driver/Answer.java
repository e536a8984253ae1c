package dev.cockpitcoder.it.driver;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import static org.assertj.core.api.Assertions.assertThat;

/** An HTTP answer. */
public record Answer(HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    public byte[] bytes() {
        return response.body();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        try (var reader = Json.createReader(new StringReader(text()))) {
            return reader.readObject();
        }
    }

    /** Fails unless the status is this one. */
    public Answer expect(int status) {
        assertThat(status())
                .as("%s %s: %s", response.request().method(), response.uri(), text())
                .isEqualTo(status);
        return this;
    }

    /** Fails unless it is a refusal as the API promises it: RFC 9457, with a code and nothing of the server's inside. */
    public JsonObject expectProblem(int status) {
        expect(status);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        JsonObject problem = json();
        assertThat(problem).containsKeys("type", "title", "status", "detail", "instance", "code");
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(text()).doesNotContain(".java").doesNotContain("Exception");
        if (status == 401) {
            assertThat(header("WWW-Authenticate")).startsWith("Bearer");
        }
        return problem;
    }
}
