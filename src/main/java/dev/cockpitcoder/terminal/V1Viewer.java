package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.cockpitcoder.server.WorkerThreads;

/** Sends output as {@code cockpit.pty.v1} frames, inside the client's window of unacknowledged bytes. */
final class V1Viewer extends Viewer {
    static final int MAX_DATA = 64 * 1024;
    /** So much finds room on its way to a client that reads nothing; clients acknowledge at least as often. */
    private static final int AT_ONCE = 64 * 1024;

    /** What is typed is acknowledged with the next output that a worker sends, and not later than this. */
    private static final Duration ACK_WITHIN = Duration.ofMillis(20);

    private static final int MAX_CONTROL = 64;
    /** Who is further behind than this does not wait for the output of a program that was interrupted. */
    static final int MAX_LAG = 256 * 1024;
    /** What is shown of the output before that. */
    static final int CONTEXT = 8 * 1024;

    private final InputSource source;
    private final Runnable onWritten = this::inputWritten;
    private final int window;
    private final long replayFrom;
    private final long replayUntil;
    private final boolean snapshots;
    private final Queue<PtyMessage.FromServer> control = new ConcurrentLinkedQueue<>();
    private final Map<Class<?>, PtyMessage.FromServer> news = new LinkedHashMap<>();
    private volatile boolean ackWanted;
    private final AtomicBoolean ackPlanned = new AtomicBoolean();
    private volatile long ackedInput;

    /** Guards what follows: acknowledgements come on the socket's thread. */
    private final Object position = new Object();

    private long cursor;
    private long acked;
    /** Bytes before the cursor that were never sent and are not acknowledged: they take no room in the window. */
    private final Deque<PtyMessage.Gap> gaps = new ArrayDeque<>();

    V1Viewer(
            Terminal terminal,
            Who who,
            Peer peer,
            Liveness liveness,
            WorkerThreads threads,
            InputSource source,
            PtyMessage.Attached attached,
            boolean snapshots) {
        super(terminal, who, peer, liveness, threads);
        this.source = source;
        this.replayFrom = attached.from();
        this.replayUntil = attached.head();
        this.snapshots = snapshots;
        this.window = attached.window();
        this.cursor = attached.from();
        this.acked = attached.from();
        this.ackedInput = attached.inputOffset();
        control.add(attached);
    }

    @Override
    void entered() {
        source.use(onWritten);
    }

    @Override
    void left() {
        source.release(onWritten);
    }

    @Override
    void spokeLongAgo() {
        told(new PtyMessage.Heartbeat());
    }

    @Override
    void told(PtyMessage.FromServer message) {
        synchronized (news) {
            // the last of its kind, in the place of the last
            news.remove(message.getClass());
            news.put(message.getClass(), message);
        }
        wake();
    }

    /** Sends a control message after those that wait already. A client that lets too many of them pile up is cut. */
    void tell(PtyMessage.FromServer message) {
        if (control.size() >= MAX_CONTROL) {
            close(CloseCode.REFUSED, "too many refused frames");
            return;
        }
        control.add(message);
        wake();
    }

    private void inputWritten() {
        if (ackPlanned.compareAndSet(false, true)) {
            later(ACK_WITHIN, () -> {
                ackPlanned.set(false);
                if (source.written() > ackedInput) {
                    repeatInputAck();
                }
            });
        }
    }

    /** Says again how far the input got. */
    void repeatInputAck() {
        ackWanted = true;
        wake();
    }

    /**
     * Everything before {@code offset} is consumed.
     *
     * @return false when that much was never sent
     */
    boolean ack(long offset) {
        boolean waitsForRoom;
        synchronized (position) {
            if (offset > cursor) {
                return false;
            }
            waitsForRoom = !hasRoom();
            acked = Math.max(acked, offset);
            while (!gaps.isEmpty() && gaps.peekFirst().to() <= acked) {
                gaps.removeFirst();
            }
        }
        if (waitsForRoom) {
            wake();
        }
        return true;
    }

    @Override
    void send() throws IOException {
        while (!closed()) {
            sendControl();
            boolean over = !terminal().running();
            if (!sendData()) {
                if (onWorker() && source.written() > ackedInput) {
                    sendInputAck();
                }
                if (over && cursor() == terminal().log().head()) {
                    sendText(exit().json());
                    close(CloseCode.SHELL_ENDED, "the shell ended");
                }
                return;
            }
        }
    }

    private PtyMessage.Exit exit() {
        TerminalRecord record = terminal().record();
        return new PtyMessage.Exit(record.exitCode(), record.ending(), cursor());
    }

    private void sendControl() throws IOException {
        for (PtyMessage.FromServer message; (message = control.poll()) != null; ) {
            sendText(message.json());
        }
        for (PtyMessage.FromServer message : takeNews()) {
            sendText(message.json());
        }
        if (ackWanted) {
            ackWanted = false;
            sendInputAck();
        }
    }

    private void sendInputAck() throws IOException {
        ackedInput = source.written();
        sendText(new PtyMessage.InputAck(ackedInput).json());
    }

    private List<PtyMessage.FromServer> takeNews() {
        synchronized (news) {
            List<PtyMessage.FromServer> taken = List.copyOf(news.values());
            news.clear();
            return taken;
        }
    }

    /** Sends one frame of output; false when there is none to send or no room in the window. */
    private boolean sendData() throws IOException {
        OutputLog log = terminal().log();
        long from = cursor();
        int length = (int) Math.min(Math.min(MAX_DATA, room()), log.head() - from);
        if (length <= 0) {
            return false;
        }
        byte[] frame = new byte[Long.BYTES + length];
        long start = Math.max(from, notStale(from));
        int count;
        while ((count = log.read(start, frame, Long.BYTES, length)) == OutputLog.OVERTAKEN) {
            start = kept(from);
        }
        if (start > from && snapshots && sendScreen(from)) {
            return true;
        }
        if (start > from) {
            skip(from, start);
        }
        if (count > 0) {
            synchronized (position) {
                cursor = start + count;
            }
            countReplayed(start, count, replayUntil);
            sendBinary(ByteBuffer.wrap(frame, 0, Long.BYTES + count).putLong(0, start));
        }
        sentOutput(count);
        return true;
    }

    /** Instead of what comes after a gap. False when there is no screen that is later than this. */
    private boolean sendScreen(long from) throws IOException {
        Optional<LiveScreen.Snapshot> screen = terminal().snapshotBeyond(0);
        if (screen.isEmpty() || screen.get().offset() <= from) {
            return false;
        }
        skip(from, screen.get().offset());
        sendText(new PtyMessage.Snapshot(screen.get()).json());
        moved();
        return true;
    }

    private void skip(long from, long to) throws IOException {
        PtyMessage.Gap gap = new PtyMessage.Gap(from, to);
        synchronized (position) {
            gaps.addLast(gap);
            cursor = to;
        }
        countGap();
        sendText(gap.json());
    }

    /** Where to go on for somebody who is too far behind to see what came of an interrupt; 0 for others. */
    private long notStale(long from) {
        long stale = terminal().pacing().staleBefore();
        return stale - from > Math.min(window, MAX_LAG) ? stale - CONTEXT : 0;
    }

    /** Where to go on when the bytes are no longer kept: a new viewer gets all there is, one that lags gets the latest. */
    private long kept(long from) {
        OutputLog log = terminal().log();
        boolean lags = from > replayFrom && terminal().pacing().drain() == Drain.LATEST;
        return lags ? Math.max(log.oldest(), log.head() - MAX_LAG) : log.oldest();
    }

    @Override
    boolean hasRoom() {
        return room() > 0;
    }

    @Override
    boolean sendsAtOnce() {
        synchronized (position) {
            return terminal().log().head() - acked <= AT_ONCE;
        }
    }

    @Override
    long liveFrom() {
        return replayUntil;
    }

    @Override
    long cursor() {
        synchronized (position) {
            return cursor;
        }
    }

    private int room() {
        synchronized (position) {
            long skipped = 0;
            for (PtyMessage.Gap gap : gaps) {
                skipped += gap.to() - Math.max(gap.from(), acked);
            }
            return (int) (window - (cursor - acked - skipped));
        }
    }
}
