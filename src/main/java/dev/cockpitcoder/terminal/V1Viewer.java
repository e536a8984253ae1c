package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.cockpitcoder.server.WorkerThreads;

/** Sends output as {@code cockpit.pty.v1} frames, inside the client's window of unacknowledged bytes. */
final class V1Viewer extends Viewer {
    static final int MAX_DATA = 64 * 1024;
    private static final int MAX_CONTROL = 64;

    private final InputSource source;
    private final Runnable onWritten = this::wake;
    private final int window;
    private final Queue<PtyMessage.FromServer> control = new ConcurrentLinkedQueue<>();
    private volatile TerminalSize newSize;
    private volatile boolean ackWanted;
    private long ackedInput;

    /** Guards what follows: acknowledgements come on the socket's thread. */
    private final Object position = new Object();

    private long cursor;
    private long acked;
    /** Bytes before the cursor that were never sent and are not acknowledged: they take no room in the window. */
    private final Deque<PtyMessage.Gap> gaps = new ArrayDeque<>();

    V1Viewer(Terminal terminal, Peer peer, WorkerThreads threads, InputSource source, PtyMessage.Attached attached) {
        super(terminal, peer, threads);
        this.source = source;
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
    void resized(TerminalSize size) {
        newSize = size;
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
        synchronized (position) {
            if (offset > cursor) {
                return false;
            }
            acked = Math.max(acked, offset);
            while (!gaps.isEmpty() && gaps.peekFirst().to() <= acked) {
                gaps.removeFirst();
            }
        }
        wake();
        return true;
    }

    @Override
    void send() throws IOException {
        while (!closed()) {
            sendControl();
            boolean over = !terminal().running();
            if (!sendData()) {
                if (over && cursor() == terminal().log().head()) {
                    sendText(new PtyMessage.Exit(terminal().record().exitCode(), cursor()).json());
                    close(CloseCode.SHELL_ENDED, "the shell ended");
                }
                return;
            }
        }
    }

    private void sendControl() throws IOException {
        for (PtyMessage.FromServer message; (message = control.poll()) != null; ) {
            sendText(message.json());
        }
        TerminalSize size = newSize;
        if (size != null) {
            newSize = null;
            sendText(new PtyMessage.Size(size).json());
        }
        long written = source.written();
        if (written > ackedInput || ackWanted) {
            ackWanted = false;
            ackedInput = written;
            sendText(new PtyMessage.InputAck(written).json());
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
        long start = from;
        int count;
        while ((count = log.read(start, frame, Long.BYTES, length)) == OutputLog.OVERTAKEN) {
            start = log.oldest();
            length = (int) Math.min(length, log.head() - start);
        }
        if (start > from) {
            PtyMessage.Gap gap = new PtyMessage.Gap(from, start);
            synchronized (position) {
                gaps.addLast(gap);
                cursor = start;
            }
            sendText(gap.json());
        }
        if (count > 0) {
            synchronized (position) {
                cursor = start + count;
            }
            sendBinary(ByteBuffer.wrap(frame, 0, Long.BYTES + count).putLong(0, start));
        }
        return true;
    }

    private long cursor() {
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
