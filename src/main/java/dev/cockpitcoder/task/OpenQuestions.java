package dev.cockpitcoder.task;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.agent.Question;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;
import dev.cockpitcoder.task.StoredApproval.Answer;

/** What agents ask and nobody has answered yet. Each is stored, told, answered once, and told again. */
final class OpenQuestions {
    private static final Logger LOG = Logger.getLogger(OpenQuestions.class.getName());

    private record Open(StoredTask task, Question question) {}

    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private final TaskService service;
    private final WorkerThreads threads;
    private final TaskNews news;
    private final Duration patience;

    /** @param patience after which the answer is no */
    OpenQuestions(TaskService service, WorkerThreads threads, TaskNews news, Duration patience) {
        this.service = service;
        this.threads = threads;
        this.news = news;
        this.patience = patience;
    }

    /** Returns at once: the agent's output goes on meanwhile. */
    void ask(StoredTask task, Question question) {
        open.put(question.id(), new Open(task, question));
        threads.run(() -> begin(task, question));
    }

    /** The profile has answered it; nobody is asked. */
    void answered(StoredTask task, Question question, boolean allowed) {
        Answer answer = allowed ? Answer.ALLOWED : Answer.DENIED;
        try {
            service.ask(StoredApproval.byProfile(question.id(), task.id(), question.title(), answer));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "An answer of the profile of task " + task.id() + " cannot be stored");
        }
        news.answered(service.find(task.id()).orElse(task), question, answer, true);
    }

    private void begin(StoredTask task, Question question) {
        try {
            service.ask(new StoredApproval(question.id(), task.id(), question.title()));
            service.moveFrom(task.id(), Phase.RUNNING, Phase.WAITING_APPROVAL)
                    .ifPresent(now -> news.phase(now, "The agent waits for an answer"));
            news.question(task, question);
            threads.later(patience, () -> settle(question.id(), Answer.EXPIRED));
            // the run may have ended meanwhile, or end before anybody answers
            question.answer().thenAccept(option -> threads.run(() -> settle(question.id(), Answer.CANCELLED)));
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "A question of task " + task.id() + " cannot be stored: it is denied");
            open.remove(question.id());
            question.answer(false);
        }
    }

    /**
     * @throws ProblemException CONFLICT when it was answered before, NOT_FOUND when there is no such question
     */
    void answer(UUID sessionId, UUID id, boolean allowed) {
        Open found = open.get(id);
        if (found == null || !found.task().sessionId().equals(sessionId)) {
            throw service.findApproval(id)
                            .filter(approval -> isOf(sessionId, approval))
                            .isPresent()
                    ? new ProblemException(ProblemCode.CONFLICT, "This question is answered already.")
                    : ProblemException.notFound("There is no such question in this session.");
        }
        if (!settle(id, allowed ? Answer.ALLOWED : Answer.DENIED)) {
            throw new ProblemException(ProblemCode.CONFLICT, "This question is answered already.");
        }
    }

    private boolean isOf(UUID sessionId, StoredApproval approval) {
        Optional<StoredTask> task = service.find(approval.taskId());
        return task.isPresent() && task.get().sessionId().equals(sessionId);
    }

    /** @return false when it was settled before */
    private boolean settle(UUID id, Answer answer) {
        Open settled = open.remove(id);
        if (settled == null) {
            return false;
        }
        service.answer(id, answer);
        StoredTask task = settled.task();
        boolean more =
                open.values().stream().anyMatch(other -> other.task().id().equals(task.id()));
        Optional<StoredTask> now =
                more ? service.find(task.id()) : service.moveFrom(task.id(), Phase.WAITING_APPROVAL, Phase.RUNNING);
        news.answered(now.orElse(task), settled.question(), answer, false);
        if (answer == Answer.CANCELLED) {
            settled.question().cancel();
        } else {
            settled.question().answer(answer == Answer.ALLOWED);
        }
        return true;
    }
}
