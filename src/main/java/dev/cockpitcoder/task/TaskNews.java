package dev.cockpitcoder.task;

import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

import dev.cockpitcoder.agent.Question;
import dev.cockpitcoder.agent.RunEnd;
import dev.cockpitcoder.agent.ToolCall;
import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.patch.AppliedView;
import dev.cockpitcoder.session.SessionEvent;

/** Tells a session what becomes of its tasks, in words; a failure to tell is no failure of the task. */
final class TaskNews {
    private static final Logger LOG = Logger.getLogger(TaskNews.class.getName());

    /** Where events go. */
    interface Outlet {
        void fire(SessionEvent event);
    }

    private final Outlet outlet;

    TaskNews(Outlet outlet) {
        this.outlet = outlet;
    }

    /** @param content for people */
    void phase(StoredTask task, String content) {
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("phase", task.phase().text())
                .add("status", task.phase().status());
        if (task.reason() != null) {
            fields.add("reason", task.reason());
        }
        fire(task, "status", content, fields);
    }

    void output(StoredTask task, Channel channel, String text) {
        fire(task, "output", text, Json.createObjectBuilder().add("stream", channel.text()));
    }

    void tool(StoredTask task, ToolCall call) {
        fire(
                task,
                "tool",
                call.content(),
                Json.createObjectBuilder()
                        .add("toolCallId", call.id())
                        .add("title", call.title())
                        .add("status", call.status().text()));
    }

    /** Once a run. */
    void exit(StoredTask task, RunEnd end) {
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("durationMs", end.duration().toMillis())
                .add("reason", end.reason().name().toLowerCase(Locale.ROOT));
        if (end.code() != null) {
            fields.add("code", end.code());
        }
        fire(task, "exit", sentence(task, end), fields);
    }

    static String sentence(StoredTask task, RunEnd end) {
        String code = end.reason() == RunEnd.Reason.FAILED && end.code() != null ? " with exit code " + end.code() : "";
        return "The agent " + task.agent() + " " + end.reason().words() + code + " after "
                + end.duration().toMillis() + " ms" + (end.detail() == null ? "" : ": " + end.detail());
    }

    void patches(StoredTask task, int files) {
        fire(task, "patch", changed(files), Json.createObjectBuilder().add("count", files));
    }

    static String changed(int files) {
        return switch (files) {
            case 0 -> "No file is changed";
            case 1 -> "1 file is changed";
            default -> files + " files are changed";
        };
    }

    void applied(StoredTask task, AppliedView applied, String what) {
        JsonObjectBuilder fields = Json.createObjectBuilder()
                .add("phase", task.phase().text())
                .add("status", task.phase().status())
                .add("branch", applied.branch());
        if (applied.commit() != null) {
            fields.add("commit", applied.commit());
        }
        fire(task, "status", what + " " + applied.branch() + ": " + applied.message(), fields);
    }

    void question(StoredTask task, Question question) {
        fire(
                task,
                "confirmation",
                question.title(),
                Json.createObjectBuilder().add("id", question.id().toString()));
    }

    /** @param byProfile whether nobody was asked */
    void answered(StoredTask task, Question question, StoredApproval.Answer answer, boolean byProfile) {
        fire(
                task,
                "status",
                (byProfile ? "The answer of the profile is: " : "The answer is: ") + answer.text() + ". "
                        + question.title(),
                Json.createObjectBuilder()
                        .add("phase", task.phase().text())
                        .add("status", task.phase().status())
                        .add("approvalId", question.id().toString())
                        .add("answer", answer.text())
                        .add("byProfile", byProfile));
    }

    void message(StoredTask task, StoredMessage message, String what) {
        fire(
                task,
                "status",
                what,
                Json.createObjectBuilder()
                        .add("phase", task.phase().text())
                        .add("status", task.phase().status())
                        .add("followUpId", message.id().toString()));
    }

    void error(StoredTask task, String why) {
        fire(task, "error", why, Json.createObjectBuilder().add("message", why));
    }

    private void fire(StoredTask task, String type, String content, JsonObjectBuilder fields) {
        try {
            outlet.fire(new SessionEvent(
                    task.sessionId(),
                    type,
                    content,
                    fields.add("taskId", task.id().toString()).build()));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "What happened to task " + task.id() + " could not be told");
        }
    }
}
