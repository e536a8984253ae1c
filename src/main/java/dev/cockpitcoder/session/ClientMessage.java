package dev.cockpitcoder.session;

import java.util.UUID;

import jakarta.json.JsonObject;

/** What a client said on the events socket, validated: {@code user_message} or {@code confirmation}. Fired as a CDI event. */
public record ClientMessage(UUID sessionId, String type, JsonObject message) {}
