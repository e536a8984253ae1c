package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.process.Isolation;
import dev.cockpitcoder.server.WorkerThreads;

/** Real shells in a directory of their own, for one session. */
@Timeout(60)
abstract class ShellsTest {
    static final Duration PAUSE = Duration.ofSeconds(4);
    private static final int LOG_BYTES = 16 << 20;

    @TempDir
    Path directory;

    final UUID session = UUID.randomUUID();
    private WorkerThreads threads;
    Terminals terminals;

    @BeforeEach
    void open() throws IOException {
        threads = new WorkerThreads(
                "terminal",
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                },
                64);
        TerminalConfig config = new TerminalConfig(
                Isolation.NONE,
                Path.of("/bin/bash"),
                Map.of("LANG", "C.UTF-8", "HOME", directory.toString()),
                LOG_BYTES,
                4,
                4,
                PAUSE,
                Duration.ofMinutes(1));
        terminals = new Terminals(
                config,
                Files.createDirectories(directory.resolve("logs")),
                List.of(),
                threads,
                any -> directory,
                new Terminals.Listener() {
                    @Override
                    public void opened(Terminal terminal) {}

                    @Override
                    public void ended(Terminal terminal) {}
                });
        threads.every(Duration.ofMillis(500), terminals::checkLinks);
    }

    @AfterEach
    void close() {
        terminals.close();
        threads.close();
    }

    /** @param members of the attach message */
    final FakeClient v1(String members) throws Exception {
        FakeClient client = new FakeClient(true, session, terminals, threads)
                .answeringPings()
                .attach(members);
        client.peer.awaitMessage("attached");
        return client;
    }

    final FakeClient text() {
        return new FakeClient(false, session, terminals, threads).answeringPings();
    }

    final Terminal terminal() {
        return terminals.of(session).get(0);
    }

    final String output() {
        OutputRange all = OutputRange.read(terminal().log(), 0, LOG_BYTES);
        return new String(all.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
