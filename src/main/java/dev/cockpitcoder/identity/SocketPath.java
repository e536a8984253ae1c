package dev.cockpitcoder.identity;

import java.util.Arrays;
import java.util.Optional;

/** The WebSocket endpoints. */
enum SocketPath {
    PTY("/ws/pty"),
    EVENTS("/ws/events");

    private final String path;

    SocketPath(String path) {
        this.path = path;
    }

    static Optional<SocketPath> at(String path) {
        return Arrays.stream(values())
                .filter(socket -> socket.path.equals(path))
                .findFirst();
    }

    /** By the name a client gives: {@code pty} or {@code events}. */
    static Optional<SocketPath> named(String name) {
        return at("/ws/" + name);
    }
}
