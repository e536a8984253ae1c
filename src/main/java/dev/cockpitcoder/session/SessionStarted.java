package dev.cockpitcoder.session;

import java.nio.file.Path;
import java.util.UUID;

/** Fired once a session is stored. */
public record SessionStarted(UUID sessionId, Path repo) {}
