package dev.cockpitcoder.problem;

import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** The body of every refusal: {@code application/problem+json} (RFC 9457). */
public final class Problem {
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    /**
     * @param detail a sentence for this occurrence
     * @return the body; its {@code instance} names this occurrence in the log
     */
    public static JsonObject body(ProblemCode code, String detail) {
        return body(code, detail, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** @param more further members (RFC 9457, section 3.2) */
    static JsonObject body(ProblemCode code, String detail, JsonObject more) {
        return Json.createObjectBuilder(more)
                .add("type", "about:blank")
                .add("title", code.title())
                .add("status", code.status())
                .add("detail", detail)
                .add("instance", "urn:uuid:" + UUID.randomUUID())
                .add("code", code.name())
                .build();
    }
}
