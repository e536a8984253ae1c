package dev.cockpitcoder.event;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * What a client is told in place of events it asked for and that are not there: everything that is kept follows, from
 * {@code oldest} on.
 *
 * @param oldest the {@code seq} of the next event the client gets
 * @param head the highest {@code seq} of the session
 * @param content a sentence for people
 */
public record Reset(long oldest, long head, String content) {
    static Reset gone(long after, long oldest, long head) {
        return new Reset(
                oldest,
                head,
                "Events " + (after + 1) + " to " + (oldest - 1) + " are no longer kept; it goes on from event "
                        + oldest);
    }

    static Reset beyond(long after, long oldest, long head) {
        return new Reset(
                oldest,
                head,
                "There is no event " + after + " yet, the last one is " + head + "; it begins again at event "
                        + oldest);
    }

    /** The frame. It has no {@code seq}: it is no event of the session. */
    JsonObject json() {
        return Json.createObjectBuilder()
                .add("type", "reset")
                .add("oldest", oldest)
                .add("head", head)
                .add("content", content)
                .build();
    }
}
