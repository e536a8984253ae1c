package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;

/** Terminals without the container, for the tests of rooms that run programs on them. */
public final class RealTerminals implements AutoCloseable {
    private final Terminals terminals;

    /** @param maxPerSession running terminals */
    public RealTerminals(Path directory, WorkerThreads threads, int maxPerSession) throws IOException {
        TerminalConfig config = new TerminalConfig(
                Isolation.NONE,
                Path.of("/bin/sh"),
                Map.of(),
                64 << 10,
                maxPerSession,
                100,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Limits.NONE,
                Culling.OFF);
        terminals = new Terminals(
                config,
                Files.createDirectories(directory),
                List.of(),
                threads,
                any -> directory,
                new Terminals.Listener() {
                    @Override
                    public void opened(Terminal terminal) {}

                    @Override
                    public void ended(Terminal terminal) {}

                    @Override
                    public void noticed(Terminal terminal, PtyMessage.Notice notice) {}
                });
    }

    public Programs programs() {
        return terminals;
    }

    /** Those of a session, running or not. */
    public List<UUID> of(UUID sessionId) {
        return terminals.of(sessionId).stream().map(Terminal::id).toList();
    }

    public boolean running(UUID sessionId, UUID id) {
        return terminals.require(sessionId, id).running();
    }

    public void type(UUID sessionId, UUID id, String text) {
        terminals
                .require(sessionId, id)
                .source("keyboard")
                .take(text.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(1));
    }

    /** As {@code DELETE /api/terminals/{id}} does. */
    public void end(UUID sessionId, UUID id) {
        terminals.end(terminals.require(sessionId, id));
    }

    @Override
    public void close() {
        terminals.close();
    }
}
