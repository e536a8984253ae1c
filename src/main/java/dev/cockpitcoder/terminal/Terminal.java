package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.server.TurnTaking;
import dev.cockpitcoder.server.WorkerThreads;

/**
 * One shell, or another program: its PTY, its output, its input and whoever looks at it. A thread of its own reads the PTY into the log until every
 * process has let go of it; viewers come and go without the shell noticing.
 */
final class Terminal implements Program {
    private static final Logger LOG = Logger.getLogger(Terminal.class.getName());
    /** The kernel gives at most 4 KiB at once. */
    private static final int READ_BYTES = 8 * 1024;

    private static final Duration LAST_LOOK = Duration.ofSeconds(30);
    private static final Duration LET_GO_WITHOUT_EXIT = Duration.ofSeconds(1);

    private final UUID id;
    private final Pty pty;
    private final Runnable endProcesses;
    private final OutputLog log;
    private final Surroundings surroundings;
    private final TypeAhead typeAhead;
    private final TerminalInput input;
    private final Viewers viewers = new Viewers();
    private final Pacing pacing;
    private final InputSources sources;
    private final LiveScreen screen;
    private final Answers answers;
    private final Signals signals;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean discarded;
    private boolean recovered;
    private volatile boolean closed;
    private volatile Ending ending = Ending.PROGRAM;
    private final Attendance attendance = new Attendance();

    /**
     * What all terminals share.
     *
     * @param drawing draws screens in the background
     * @param pauseLimit how long a viewer may hold a lossless program without taking anything
     */
    record Surroundings(WorkerThreads threads, TurnTaking drawing, Duration pauseLimit, Traffic traffic) {}

    /**
     * Owns the pty and the log from here on.
     *
     * @param endProcesses ends everything that was started on it, and waits for that
     */
    Terminal(UUID id, Pty pty, Runnable endProcesses, OutputLog log, Drain drain, Surroundings surroundings) {
        this.id = id;
        this.pty = pty;
        this.endProcesses = endProcesses;
        this.log = log;
        this.surroundings = surroundings;
        this.typeAhead = new TypeAhead(pty);
        this.input = new TerminalInput(typeAhead, surroundings.threads(), surroundings.traffic());
        this.sources = new InputSources(input);
        this.screen = new LiveScreen(log, surroundings.drawing());
        this.answers = new Answers(screen, viewers, new InputSource("answers", input), surroundings.threads());
        this.signals = new Signals(viewers, answers);
        this.pacing = new Pacing(log, viewers, drain, surroundings.pauseLimit(), surroundings.traffic());
    }

    /** One of an earlier server: its processes ended with that, at the latest. */
    static Terminal recovered(UUID id, OutputLog log, Surroundings surroundings) {
        if (log.record().endedAt() == null) {
            log.record(log.record().ended(null, Ending.SERVER_STOPPED));
        }
        Terminal terminal = new Terminal(id, new EndedPty(), () -> {}, log, Drain.LATEST, surroundings);
        terminal.input.close();
        terminal.recovered = true;
        terminal.ended.countDown();
        return terminal;
    }

    /**
     * @param output told what is read, after the log, on the reading thread
     * @param onEnd called once, on the reading thread, when nothing of the shell is left
     */
    void start(ObjIntConsumer<byte[]> output, Consumer<Terminal> onEnd) {
        surroundings.threads().start(id.toString(), () -> {
            try {
                read(output);
            } finally {
                finish();
                onEnd.accept(this);
                ended.countDown();
            }
        });
    }

    private void read(ObjIntConsumer<byte[]> output) {
        byte[] buffer = new byte[READ_BYTES];
        SignalScanner scanner = new SignalScanner(signals);
        try {
            for (int count; (count = pty.read(buffer)) >= 0; ) {
                typeAhead.output();
                log.append(buffer, 0, count);
                output.accept(buffer, count);
                surroundings.traffic().output.add(count);
                // before viewers see it: one of them may answer a query at once
                scanner.scan(buffer, count);
                viewers.wakeFromReader(count);
                screen.appended(scanner.lastSequence());
                pacing.appended();
            }
        } catch (IOException | RuntimeException | InternalError e) {
            // InternalError is how the disk being full shows in a mapped file
            LOG.log(Level.SEVERE, "Terminal " + id + " cannot be read any further and is ended", e);
            endProcesses.run();
        }
    }

    private void finish() {
        // a shell may close its terminal and live on; it would be waited for without end
        Future<?> overdue = surroundings.threads().later(LET_GO_WITHOUT_EXIT, endProcesses);
        int exitCode = waitForExit();
        overdue.cancel(false);
        synchronized (log) {
            log.record(record().ended(exitCode, ending));
        }
        input.close();
        viewers.wake();
        endProcesses.run();
        try {
            pty.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The descriptor of terminal " + id + " cannot be closed", e);
        }
    }

    private int waitForExit() {
        while (true) {
            try {
                return pty.waitFor();
            } catch (InterruptedException stopping) {
                endProcesses.run();
            }
        }
    }

    @Override
    public int waitFor() throws InterruptedException {
        return pty.waitFor();
    }

    @Override
    public boolean ends(Duration within) throws InterruptedException {
        return ended.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean closed() {
        return closed;
    }

    @Override
    public void end() {
        end(Ending.CLOSED);
    }

    /** The same for a reason; the first one counts. */
    void end(Ending why) {
        end(why, () -> {});
    }

    /** @param first done before the processes are ended politely */
    void end(Ending why, Runnable first) {
        synchronized (log) {
            if (!closed && pty.running()) {
                closed = true;
                ending = why;
            }
        }
        pacing.release();
        first.run();
        endProcesses.run();
        try {
            if (!ended.await(1, TimeUnit.SECONDS)) {
                LOG.warning(() -> "Terminal " + id + " is still open although its processes were ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody will ask for this ended terminal again: its log goes with its last viewer, and that one goes soon. */
    void discard() {
        synchronized (viewers) {
            discarded = true;
            closeLogAfterLastViewer();
        }
        surroundings.threads().later(LAST_LOOK, () -> viewers.all()
                .forEach(viewer -> viewer.close(CloseCode.SHELL_ENDED, "the shell ended")));
    }

    private void closeLogAfterLastViewer() {
        if (discarded && viewers.all().isEmpty()) {
            try {
                log.delete();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The log of terminal " + id + " cannot be deleted", e);
            }
        }
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
        viewers.introduce();
        viewers.brief(viewer);
        if (!signals.title().isEmpty()) {
            viewer.told(new PtyMessage.Title(signals.title()));
        }
        viewer.wake();
    }

    void remove(Viewer viewer) {
        synchronized (viewers) {
            if (!viewers.remove(viewer)) {
                return;
            }
            closeLogAfterLastViewer();
        }
        attendance.left();
        pacing.moved();
        viewers.introduce();
    }

    Attendance attendance() {
        return attendance;
    }

    /** Everyone who looks at it is told. */
    void tell(PtyMessage.Notice notice) {
        viewers.announce(notice);
    }

    List<Viewer> viewers() {
        return viewers.all();
    }

    Pacing pacing() {
        return pacing;
    }

    /** As the program set it; empty when it did not. */
    String title() {
        return signals.title();
    }

    Traffic traffic() {
        return surroundings.traffic();
    }

    /** What happens when viewers are slow from now on. */
    void drain(Drain wanted) {
        pacing.drain(wanted);
        viewers.tell(new PtyMessage.Policy(wanted));
    }

    /**
     * Somebody is about to type this, and has control from here on; not for what their terminal says by itself.
     *
     * @return false when it is not to be typed, because it answers what is answered without it
     */
    boolean typed(Viewer viewer, byte[] bytes) {
        Optional<TerminalReport> report = TerminalReport.of(bytes);
        if (report.isPresent()) {
            return answers.passes(viewer, report.get());
        }
        attendance.typed();
        pacing.typed(bytes);
        hand(viewer, true);
        return true;
    }

    /** Whether it is this viewer's terminal that answers queries about colors. */
    boolean answersColors(Viewer viewer) {
        return viewers.answering(log.head()) == viewer;
    }

    /** The screen as it is now; empty where all that was ever written is not more than {@code replayed} bytes, or comes from an earlier server. */
    Optional<LiveScreen.Snapshot> snapshotBeyond(long replayed) {
        return recovered || log.head() <= replayed && log.oldest() == 0
                ? Optional.empty()
                : Optional.of(screen.snapshot());
    }

    /** Gives a viewer control, and the terminal the size this viewer wants; or takes control back. */
    void control(Viewer viewer, boolean take) {
        if (take) {
            attendance.attended();
        }
        hand(viewer, take);
    }

    private void hand(Viewer viewer, boolean take) {
        if (take ? viewers.give(viewer) : viewers.takeBack(viewer)) {
            if (take && viewer.wantedSize() != null) {
                resize(viewer.wantedSize());
            }
            pacing.moved();
            viewers.introduce();
        }
    }

    /** The size a viewer wants: it counts now when nobody else is in control, and otherwise once this viewer is. */
    void resize(Viewer viewer, TerminalSize wanted) {
        viewer.wantSize(wanted);
        Viewer controller = viewers.controller();
        if (controller == null || controller == viewer) {
            resize(wanted);
        }
    }

    /** Who types under this name. */
    InputSource source(String inputId) {
        return sources.named(inputId);
    }

    /** Everyone who looks at it is told. */
    private void resize(TerminalSize wanted) {
        synchronized (log) {
            screen.resized(wanted);
            try {
                pty.resize(wanted);
            } catch (IOException e) {
                LOG.log(Level.FINE, "A resize came after the end of terminal " + id, e);
                return;
            }
            log.record(record().resized(wanted));
        }
        viewers.tell(new PtyMessage.Size(wanted));
    }

    UUID id() {
        return id;
    }

    /** What is known of it: whose it is, its size, when it began and how it ended. */
    TerminalRecord record() {
        return log.record();
    }

    OutputLog log() {
        return log;
    }

    /** False once the shell has ended and all its output is in the log. */
    boolean running() {
        return record().endedAt() == null;
    }
}
