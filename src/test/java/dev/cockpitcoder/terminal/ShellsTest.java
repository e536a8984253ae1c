package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

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
    private static final int WORKERS = 512;

    @TempDir
    Path directory;

    final UUID session = UUID.randomUUID();
    Isolation isolation = Isolation.NONE;
    int logBytes = 16 << 20;
    int maxTerminals = 4;
    Limits limits = Limits.NONE;
    Culling culling = Culling.OFF;
    /** What was told to the viewers of any terminal, and as an event. */
    final List<PtyMessage.Notice> noticed = new CopyOnWriteArrayList<>();

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
                WORKERS);
        TerminalConfig config = new TerminalConfig(
                isolation,
                Path.of("/bin/bash"),
                Map.of("LANG", "C.UTF-8", "HOME", directory.toString()),
                logBytes,
                maxTerminals,
                maxTerminals,
                PAUSE,
                Duration.ofMinutes(1),
                limits,
                culling);
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

                    @Override
                    public void noticed(Terminal terminal, PtyMessage.Notice notice) {
                        noticed.add(notice);
                    }
                });
        threads.every(Duration.ofMillis(500), terminals::checkLinks);
        threads.every(Caretaker.EVERY, terminals::lookAfter);
    }

    /** Begins anew with what was set. */
    final void reopen() throws IOException {
        close();
        open();
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
        OutputRange all = OutputRange.read(terminal().log(), 0, logBytes);
        return new String(all.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
