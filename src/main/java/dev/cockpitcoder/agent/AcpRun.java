package dev.cockpitcoder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import jakarta.json.JsonObject;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.command.OutputFeed;
import dev.cockpitcoder.process.Launch;
import dev.cockpitcoder.process.ProcessTree;
import dev.cockpitcoder.server.WorkerThreads;

/** An agent that speaks the Agent Client Protocol over its input and output: one prompt, in a session of its own or the last one. */
final class AcpRun implements AgentRun, RpcConnection.Handler {
    private static final String SESSION_FILE = ".cockpit-acp-session";
    private static final int MAX_SESSION_BYTES = 1000;
    private static final int LAST_ERROR_CHARS = 600;
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration CANCEL = Duration.ofSeconds(2);

    private final AgentProfile profile;
    private final Turn turn;
    private final Launch launch;
    private final WorkerThreads threads;
    private final Sink sink;
    private final OutputFeed feed;
    private final RunLimits limits;
    private final CountDownLatch prompted = new CountDownLatch(1);
    private final Map<Question, Boolean> open = new ConcurrentHashMap<>();
    private final Set<String> tools = new HashSet<>();
    private final StringBuffer errors = new StringBuffer();
    private final CountDownLatch errorsRead = new CountDownLatch(1);
    private volatile RpcConnection connection;
    private volatile String session;
    private volatile boolean listening;
    private ProcessTree tree;
    private RunEnd.Reason why;

    AcpRun(AgentProfile profile, Turn turn, Launch launch, WorkerThreads threads, Sink sink) {
        this.profile = profile;
        this.turn = turn;
        this.launch = launch;
        this.threads = threads;
        this.sink = sink;
        Redaction redaction = Redaction.of(profile.environment());
        this.feed = new OutputFeed(threads, new OutputFeed.Sink() {
            @Override
            public void output(Channel channel, String text) {
                sink.output(channel, redaction.apply(text));
            }

            @Override
            public void truncated() {
                // its run is ended, and says why
            }
        });
        this.limits = new RunLimits(profile.limits(), threads, this::end);
    }

    @Override
    public RunEnd run() throws IOException {
        long begin = System.nanoTime();
        if (reason() != null) {
            return new RunEnd(reason(), null, Duration.ZERO, null);
        }
        Process process =
                launch.builder().redirectInput(ProcessBuilder.Redirect.PIPE).start();
        ProcessTree started = launch.startedAs(process.pid());
        begun(started);
        limits.begin();
        connection = new RpcConnection(process.getOutputStream(), this);
        threads.run(() -> connection.read(process.getInputStream()));
        threads.run(() -> readErrors(process.getErrorStream()));
        // what it leaves behind may hold its output open
        process.onExit().thenRun(() -> threads.later(SOON, started::terminate));
        String failure = converse();
        prompted.countDown();
        limits.end();
        started.terminate();
        open.keySet().forEach(Question::cancel);
        awaitErrors();
        RunEnd.Reason reason =
                reason() != null ? reason() : failure == null ? RunEnd.Reason.DONE : RunEnd.Reason.FAILED;
        return new RunEnd(
                reason,
                null,
                Duration.ofNanos(System.nanoTime() - begin),
                reason == RunEnd.Reason.FAILED ? failure + lastErrors() : null);
    }

    /** @return why it failed; null when it did not */
    private String converse() {
        try {
            JsonObject initialized =
                    connection.request("initialize", AcpMessages.initialize()).get();
            session = open(initialized);
            listening = true;
            JsonObject end = connection
                    .request("session/prompt", AcpMessages.prompt(session, turn.instruction()))
                    .get();
            String stop = end.getString("stopReason", "end_turn");
            return stop.equals("end_turn") || stop.equals("cancelled") ? null : "The agent stopped: " + stop;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RpcConnection.Failure failure
                    ? failure.getMessage()
                    : "The agent cannot be understood";
        } catch (InterruptedException e) {
            // the container takes its threads back
            end(RunEnd.Reason.INTERRUPTED);
            return null;
        }
    }

    private String open(JsonObject initialized) throws ExecutionException, InterruptedException {
        Optional<String> last = lastSession();
        if (last.isPresent() && AcpMessages.loadsSessions(initialized)) {
            try {
                connection
                        .request("session/load", AcpMessages.loadSession(last.get(), turn.files()))
                        .get();
                return last.get();
            } catch (ExecutionException forgotten) {
                // a new one then
                tell("\n[a new session: the last one cannot be loaded]\n");
            }
        }
        JsonObject made = connection
                .request("session/new", AcpMessages.newSession(turn.files()))
                .get();
        String id = made.getString("sessionId", "");
        remember(id);
        return id;
    }

    /** In the agent's own home: what it does to it is between it and itself. */
    private Optional<String> lastSession() {
        Path file = turn.home().resolve(SESSION_FILE);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_SESSION_BYTES
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void remember(String id) {
        try {
            Path file = turn.home().resolve(SESSION_FILE);
            Files.deleteIfExists(file);
            Files.writeString(file, id, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            tell("\n[a follow-up will begin a new session]\n");
        }
    }

    @Override
    public void notified(String method, JsonObject params) {
        limits.wrote(0);
        // what comes while a session is loaded was said before
        if (!listening || !method.equals("session/update") || !(params.get("update") instanceof JsonObject update)) {
            return;
        }
        switch (update.getString("sessionUpdate", "")) {
            case "agent_message_chunk" -> AcpMessages.text(update).ifPresent(this::tell);
            case "tool_call", "tool_call_update" -> toolCall(update);
            default -> {
                // thoughts, plans and what later versions have
            }
        }
    }

    /** Told once, whether the agent announces it, only updates it, or announces it twice. */
    private void toolCall(JsonObject update) {
        String title = update.getString("title", "");
        if (!title.isBlank() && tools.add(update.getString("toolCallId", ""))) {
            tell("\n[" + title + "]\n");
        }
    }

    @Override
    public Optional<CompletableFuture<JsonObject>> asked(String method, JsonObject params) {
        limits.wrote(0);
        if (!method.equals("session/request_permission")) {
            return Optional.empty();
        }
        Question question = AcpMessages.question(params);
        open.put(question, true);
        limits.pause();
        CompletableFuture<JsonObject> outcome = question.answer().thenApply(option -> {
            open.remove(question);
            limits.resume();
            return AcpMessages.outcome(option);
        });
        if (reason() != null) {
            question.cancel();
        } else if (profile.approvals() == Approvals.ASK) {
            sink.asked(question);
        } else {
            boolean allowed = profile.approvals() == Approvals.ALLOW;
            tell("\n[" + (allowed ? "allowed" : "denied") + " by the profile: " + question.title() + "]\n");
            question.answer(allowed);
        }
        return Optional.of(outcome);
    }

    private void tell(String text) {
        limits.wrote(text.length());
        feed.wrote(Channel.STDOUT, text);
    }

    private void readErrors(InputStream stream) {
        byte[] chunk = new byte[8 << 10];
        try (stream) {
            for (int count; (count = stream.read(chunk)) >= 0; ) {
                errors.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
                errors.delete(0, Math.max(0, errors.length() - LAST_ERROR_CHARS));
            }
        } catch (IOException e) {
            errors.append("…");
        } finally {
            errorsRead.countDown();
        }
    }

    private void awaitErrors() {
        try {
            errorsRead.await(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastErrors() {
        String last = errors.toString().strip();
        return last.isEmpty()
                ? ""
                : ". It wrote: " + Redaction.of(profile.environment()).apply(last);
    }

    private void begun(ProcessTree begun) {
        boolean late;
        synchronized (this) {
            tree = begun;
            late = why != null;
        }
        if (late) {
            begun.terminate();
        }
    }

    private synchronized RunEnd.Reason reason() {
        return why;
    }

    /** Asks the agent to stop first, so that it can save what it knows. */
    @Override
    public void end(RunEnd.Reason reason) {
        ProcessTree running;
        synchronized (this) {
            why = why == null ? reason : why;
            running = tree;
        }
        if (running == null) {
            return;
        }
        open.keySet().forEach(Question::cancel);
        if (session != null) {
            connection.tell("session/cancel", AcpMessages.cancel(session));
            try {
                prompted.await(CANCEL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        running.terminate();
    }

    @Override
    public void drain() {
        feed.drain();
    }
}
