package dev.cockpitcoder.agent;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.json.JsonObject;

/** With an agent that speaks the Agent Client Protocol: one prompt, in a session of its own or the last one. */
final class AcpDialogue implements Dialogue, RpcConnection.Handler {
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final Duration QUIET_WITHIN = Duration.ofSeconds(3);

    private final DialogueParts parts;
    private final Report report;
    private final RpcConnection connection;
    private volatile String session;
    private volatile boolean listening;
    private volatile long heardAt;

    AcpDialogue(OutputStream out, DialogueParts parts) {
        this.parts = parts;
        this.report = parts.report();
        this.connection = new RpcConnection(out, this);
    }

    @Override
    public void read(InputStream in) {
        connection.read(in);
    }

    @Override
    public void converse() throws Failure, InterruptedException {
        JsonObject initialized = connection.call("initialize", AcpMessages.initialize());
        session = open(initialized);
        listening = true;
        JsonObject end = connection.call(
                "session/prompt", AcpMessages.prompt(session, parts.turn().instruction()));
        String stop = end.getString("stopReason", "end_turn");
        if (!stop.equals("end_turn") && !stop.equals("cancelled")) {
            throw new Failure("The agent stopped: " + stop);
        }
    }

    private String open(JsonObject initialized) throws Failure, InterruptedException {
        Optional<String> last = parts.last().read();
        if (last.isPresent() && AcpMessages.loadsSessions(initialized)) {
            try {
                connection.call(
                        "session/load",
                        AcpMessages.loadSession(last.get(), parts.turn().files()));
                awaitQuiet();
                return last.get();
            } catch (Failure forgotten) {
                report.text("\n[a new session: the last one cannot be loaded]\n");
            }
        }
        JsonObject made = connection.call(
                "session/new", AcpMessages.newSession(parts.turn().files()));
        String id = made.getString("sessionId", "");
        if (!parts.last().remember(id)) {
            report.text("\n[a follow-up will begin a new session]\n");
        }
        return id;
    }

    /** Gemini CLI 0.61 says that the session is loaded, and then goes on to repeat what was said in it. */
    private void awaitQuiet() throws InterruptedException {
        heardAt = System.nanoTime();
        long deadline = heardAt + QUIET_WITHIN.toNanos();
        for (long now = heardAt; now - heardAt < QUIET.toNanos() && now < deadline; now = System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(QUIET.toNanos() - (now - heardAt));
        }
    }

    @Override
    public void cancel() {
        if (session != null) {
            connection.tell("session/cancel", AcpMessages.cancel(session));
        }
    }

    @Override
    public void notified(String method, JsonObject params) {
        report.heard();
        heardAt = System.nanoTime();
        // what comes while a session is loaded was said before
        if (!listening || !method.equals("session/update") || !(params.get("update") instanceof JsonObject update)) {
            return;
        }
        switch (update.getString("sessionUpdate", "")) {
            case "agent_message_chunk" -> AcpMessages.text(update).ifPresent(report::text);
            case "tool_call", "tool_call_update" ->
                report.tool(
                        update.getString("toolCallId", ""),
                        update.getString("title", ""),
                        ToolCall.Status.of(update.getString("status", "")));
            default -> {
                // thoughts, plans and what later versions have
            }
        }
    }

    @Override
    public Optional<CompletableFuture<JsonObject>> asked(String method, JsonObject params) {
        report.heard();
        return method.equals("session/request_permission")
                ? Optional.of(parts.questions()
                        .ask(AcpMessages.title(params), AcpMessages.options(params))
                        .answer()
                        .thenApply(AcpMessages::outcome))
                : Optional.empty();
    }
}
