package dev.cockpitcoder.session;

import java.util.UUID;

import jakarta.json.JsonObject;

/**
 * Something that happened in a session. A room fires it as a CDI event; the event room stores it and sends it to clients.
 *
 * @param type one of {@code status patch exit error output confirmation}: what existing clients switch on; or
 *     {@code user_message tool}, whose content they show
 * @param content a short sentence for people; existing clients show it
 * @param fields the event's own members beside {@code type}, {@code content}, {@code seq} and {@code at}; not null
 */
public record SessionEvent(UUID sessionId, String type, String content, JsonObject fields) {}
