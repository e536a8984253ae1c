package dev.cockpitcoder.patch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.Branches;
import dev.cockpitcoder.workspace.Choice;
import dev.cockpitcoder.workspace.CommitText;
import dev.cockpitcoder.workspace.Landing;
import dev.cockpitcoder.workspace.PatchSet;
import dev.cockpitcoder.workspace.WorkingCopy;

/** Takes, offers, applies and takes back the patches of tasks. Of one task one thing at a time. */
@ApplicationScoped
public class Patches {
    private static final Logger LOG = Logger.getLogger(Patches.class.getName());
    private static final int LOCKS = 64;
    private static final int ATTEMPTS = 20;
    private static final int MAX_MESSAGE_CHARS = 8000;
    private static final String MESSAGE = "Apply changes of an agent";

    private final Object[] locks = new Object[LOCKS];
    private PatchService service;
    private Branches branches;

    Patches() {
        Arrays.setAll(locks, any -> new Object());
    }

    @Inject
    Patches(PatchService service, Branches branches) {
        this();
        this.service = service;
        this.branches = branches;
    }

    /**
     * Takes what is in the working copy now as the patches of the task.
     *
     * @return how many files have changed
     * @throws ProblemException TOO_LARGE or UNAVAILABLE
     */
    public int take(UUID taskId, WorkingCopy copy) {
        return retake(taskId, copy).changes().size();
    }

    /** The same, giving all of it. */
    public PatchSet retake(UUID taskId, WorkingCopy copy) {
        synchronized (lock(taskId)) {
            PatchSet set = copy.snapshot();
            service.replace(new StoredPatchSet(
                    taskId, set.tree(), set.changes().size(), Instant.now().truncatedTo(ChronoUnit.MILLIS)));
            return set;
        }
    }

    /** How many files the patches change; empty when none were taken yet. */
    public Optional<Integer> count(UUID taskId) {
        return service.find(taskId).map(StoredPatchSet::files);
    }

    /** What nothing was taken of yet has no patches. */
    public PatchesView read(UUID taskId, Supplier<WorkingCopy> copy) {
        return service.find(taskId)
                .map(stored -> PatchesView.of(copy.get().patches(stored.tree()), marks(taskId)))
                .orElseGet(PatchesView::none);
    }

    /**
     * One text for the agent of comments on its patches.
     *
     * @param revision of the patches as the client read them; null when it does not say
     * @throws ProblemException INVALID, or CONFLICT for what is not there (any more)
     */
    public String commented(UUID taskId, Supplier<WorkingCopy> copy, List<NewComment> comments, String revision) {
        Comments.check(comments);
        PatchSet set = copy.get().patches(taken(taskId).tree());
        Selection.requireRevision(revision, set);
        return new Comments(set).text(comments);
    }

    private StoredPatchSet taken(UUID taskId) {
        return service.find(taskId)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.CONFLICT, "This task has no patches yet: wait for it."));
    }

    /**
     * Puts what was chosen onto the branch as one commit.
     *
     * @param key the client's; the same one again gets the same answer, and no second commit
     * @param user who is named where git knows no author
     * @param landed is told of a commit when it is made, and not when its answer is given again
     * @throws ProblemException CONFLICT, INVALID or CONFIRMATION_NEEDED; nothing has changed then
     */
    public AppliedView apply(
            UUID taskId,
            WorkingCopy copy,
            String branch,
            NewApply wanted,
            String key,
            String user,
            Consumer<AppliedView> landed) {
        synchronized (lock(taskId)) {
            Optional<StoredLanding> earlier = key == null
                    ? Optional.empty()
                    : service.landings(taskId).stream()
                            .filter(landing -> landing.hasLanded() && key.equals(landing.key()))
                            .findFirst();
            if (earlier.isPresent()) {
                return AppliedView.of(earlier.get());
            }
            PatchSet set = copy.patches(taken(taskId).tree());
            List<Choice> choices = Selection.of(wanted, set);
            CommitText text = branches.text(copy.repository(), message(wanted.commitMessage()), user);
            AppliedView applied = land(
                    copy,
                    text,
                    () -> branches.apply(copy, branch, set, choices, text),
                    landing -> new StoredLanding(taskId, key, null, landing, text.message(), Marks.text(choices)));
            landed.accept(applied);
            return applied;
        }
    }

    /**
     * Takes the newest apply back that is not taken back yet.
     *
     * @throws ProblemException CONFLICT with the reason why it cannot be; nothing has changed then
     */
    public AppliedView undo(UUID taskId, WorkingCopy copy, String user) {
        synchronized (lock(taskId)) {
            StoredLanding applied = standing(taskId).stream()
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.CONFLICT, "Nothing of this task is applied: there is nothing to undo."));
            CommitText text = branches.text(copy.repository(), undoMessage(applied.message()), user);
            return land(
                    copy,
                    text,
                    () -> branches.undo(copy, applied.landing(), text),
                    landing -> new StoredLanding(taskId, null, applied, landing, text.message(), ""));
        }
    }

    /** Whether anything of the task is on its branch. */
    public boolean isApplied(UUID taskId) {
        return !standing(taskId).isEmpty();
    }

    private AppliedView land(
            WorkingCopy copy, CommitText text, Supplier<Landing> make, Function<Landing, StoredLanding> record) {
        // so that only others than this server can come in between
        return branches.alone(copy.repository(), () -> landAlone(copy, text, make, record));
    }

    private AppliedView landAlone(
            WorkingCopy copy, CommitText text, Supplier<Landing> make, Function<Landing, StoredLanding> record) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Landing landing = make.get();
            StoredLanding stored = record.apply(landing);
            service.begin(stored);
            if (land(copy, landing, text, stored)) {
                service.landed(stored.id());
                return AppliedView.of(stored);
            }
        }
        throw new ProblemException(
                ProblemCode.CONFLICT, "The branch moves faster than anything can be merged with it: try again.");
    }

    /** What did not land is taken off the record, unless nobody can know now: then {@link #recover} finds out. */
    private boolean land(WorkingCopy copy, Landing landing, CommitText text, StoredLanding stored) {
        try {
            boolean landed = branches.land(copy, landing, text);
            if (!landed) {
                service.withdraw(stored.id());
            }
            return landed;
        } catch (ProblemException e) {
            service.withdraw(stored.id());
            throw e;
        }
    }

    /** Ends what a killed server began. @param copies the working copy of a task */
    public void recover(Function<UUID, WorkingCopy> copies) {
        for (StoredLanding landing : service.begun()) {
            try {
                if (branches.recover(copies.apply(landing.taskId()), landing.landing())) {
                    service.landed(landing.id());
                } else {
                    service.withdraw(landing.id());
                }
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> "An apply of task " + landing.taskId() + " cannot be ended yet");
            }
        }
    }

    private Marks marks(UUID taskId) {
        return Marks.of(standing(taskId).stream().map(StoredLanding::marks).toList());
    }

    /** Applies that landed and are not taken back, the newest first. */
    private List<StoredLanding> standing(UUID taskId) {
        List<StoredLanding> landed = service.landings(taskId).stream()
                .filter(StoredLanding::hasLanded)
                .toList();
        Set<UUID> undone = landed.stream()
                .map(StoredLanding::undoes)
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        return landed.stream()
                .filter(landing -> landing.undoes() == null && !undone.contains(landing.id()))
                .toList();
    }

    private static String undoMessage(String message) {
        return "Undo: " + message.lines().findFirst().orElse("");
    }

    private static String message(String wanted) {
        String message = wanted == null ? "" : wanted.replace("\r\n", "\n").strip();
        if (message.length() > MAX_MESSAGE_CHARS
                || message.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "commitMessage has at most " + MAX_MESSAGE_CHARS + " characters, and no control characters.");
        }
        return message.isEmpty() ? MESSAGE : message;
    }

    private Object lock(UUID taskId) {
        return locks[Math.floorMod(taskId.hashCode(), LOCKS)];
    }
}
