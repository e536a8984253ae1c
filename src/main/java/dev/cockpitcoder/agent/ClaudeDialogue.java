package dev.cockpitcoder.agent;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import jakarta.json.JsonObject;

/** With {@code claude -p}: one message, in a session of its own or the last one. */
final class ClaudeDialogue implements Dialogue {
    private final DialogueParts parts;
    private final Report report;
    private final JsonLines lines;
    private final Map<String, Question> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<JsonObject> result = new CompletableFuture<>();
    private volatile boolean begun;

    ClaudeDialogue(OutputStream out, DialogueParts parts) {
        this.parts = parts;
        this.report = parts.report();
        this.lines = new JsonLines(out);
    }

    /** The whole command line. */
    static List<String> argv(List<String> program, LastSession last) {
        List<String> argv = new ArrayList<>(program);
        argv.addAll(ClaudeMessages.ARGUMENTS);
        last.read().ifPresent(id -> argv.addAll(List.of("--resume", id)));
        return argv;
    }

    @Override
    public void converse() throws Failure, InterruptedException {
        // before this it asks nobody for permission
        lines.send(ClaudeMessages.request("begin", "initialize"));
        lines.send(ClaudeMessages.prompt(parts.turn().instruction()));
        try {
            String failure = ClaudeMessages.failure(result.get());
            if (!failure.isEmpty()) {
                throw new Failure(failure);
            }
        } catch (ExecutionException e) {
            if (!begun) {
                // perhaps it is the last session that it cannot go on with
                parts.last().forget();
            }
            throw new Failure(e.getCause().getMessage());
        }
    }

    @Override
    public void cancel() {
        lines.send(ClaudeMessages.request("end", "interrupt"));
    }

    @Override
    public void read(InputStream in) {
        try {
            JsonLines.read(in, this::received);
        } finally {
            result.completeExceptionally(new Failure("The agent ended in the middle of its work"));
        }
    }

    private void received(JsonObject message) {
        report.heard();
        switch (message.getString("type", "")) {
            case "system" -> system(message);
            case "assistant" -> ClaudeMessages.parts(message).forEach(this::said);
            case "user" -> ClaudeMessages.parts(message).forEach(this::toolEnded);
            case "control_request" -> requested(message);
            case "control_cancel_request" ->
                Optional.ofNullable(asked.remove(message.getString("request_id", "")))
                        .ifPresent(Question::cancel);
            case "result" -> result.complete(message);
            default -> {
                // what later versions have
            }
        }
    }

    private void system(JsonObject message) {
        if (message.getString("subtype", "").equals("init")) {
            begun = true;
            if (!parts.last().remember(message.getString("session_id", ""))) {
                report.text("[a follow-up will begin a new session]\n");
            }
        }
    }

    private void said(JsonObject part) {
        switch (part.getString("type", "")) {
            case "text" -> report.text(part.getString("text", "") + "\n");
            case "tool_use" ->
                report.tool(
                        part.getString("id", ""),
                        ClaudeMessages.title(part.getString("name", "a tool"), ClaudeMessages.input(part)),
                        ToolCall.Status.BEGUN);
            default -> {
                // thoughts
            }
        }
    }

    private void toolEnded(JsonObject part) {
        if (part.getString("type", "").equals("tool_result")) {
            boolean failed = part.getBoolean("is_error", false);
            report.tool(
                    part.getString("tool_use_id", ""), "", failed ? ToolCall.Status.FAILED : ToolCall.Status.COMPLETED);
        }
    }

    private void requested(JsonObject message) {
        String id = message.getString("request_id");
        JsonObject request = message.getJsonObject("request");
        if (!request.getString("subtype", "").equals("can_use_tool")) {
            lines.send(ClaudeMessages.refusal(id, "This client does not offer that"));
            return;
        }
        JsonObject input = ClaudeMessages.input(request);
        Question question = parts.questions()
                .ask(ClaudeMessages.title(request.getString("tool_name", "a tool"), input), ClaudeMessages.OPTIONS);
        asked.put(id, question);
        question.answer().thenAccept(option -> {
            asked.remove(id);
            boolean allowed = option.filter(ClaudeMessages.ALLOW::equals).isPresent();
            lines.send(ClaudeMessages.permission(id, allowed, input));
        });
    }
}
