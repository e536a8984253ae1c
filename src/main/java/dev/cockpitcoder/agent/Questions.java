package dev.cockpitcoder.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What an agent asks in a run: whoever is asked answers it, or its profile does. Time in which it waits for people is not silence. */
final class Questions {
    private final Approvals approvals;
    private final AgentRun.Sink sink;
    private final Report report;
    private final RunLimits limits;
    private final Set<Question> open = new HashSet<>();
    private boolean closed;

    Questions(Approvals approvals, AgentRun.Sink sink, Report report, RunLimits limits) {
        this.approvals = approvals;
        this.sink = sink;
        this.report = report;
        this.limits = limits;
    }

    /** Its answer comes later, or is there already. */
    Question ask(String title, List<Question.Option> options) {
        report.drain();
        String plain = report.redacted(title.strip());
        Question question = Question.of(plain.isEmpty() ? "The agent asks for permission" : plain, options);
        if (!opened(question)) {
            question.cancel();
        } else if (approvals == Approvals.ASK) {
            sink.asked(question);
        } else {
            boolean allowed = approvals == Approvals.ALLOW;
            sink.answered(question, allowed);
            question.answer(allowed);
        }
        return question;
    }

    private synchronized boolean opened(Question question) {
        if (closed) {
            return false;
        }
        open.add(question);
        limits.pause();
        CompletableFuture<Optional<String>> answer = question.answer();
        answer.thenRun(() -> answered(question));
        return true;
    }

    private synchronized void answered(Question question) {
        open.remove(question);
        if (open.isEmpty()) {
            limits.resume();
        }
    }

    /** Nobody answers any more, what is open and what still comes. */
    void close() {
        List<Question> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(open);
        }
        left.forEach(Question::cancel);
    }
}
