package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;

/** {@code cockpit.pty.v1}, whose specification is in {@code src/site/markdown/cockpit-pty-v1.md}. */
final class V1Connection extends PtyConnection {
    static final String PROTOCOL = "cockpit.pty.v1";
    static final int MAX_CONTROL_CHARS = 16 * 1024;
    static final int MAX_FRAME_BYTES = Long.BYTES + 64 * 1024;
    private static final Logger LOG = Logger.getLogger(V1Connection.class.getName());
    /** Its acknowledgements are heard before its window is empty. */
    private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;

    private static final Duration ATTACH_WITHIN = Duration.ofSeconds(10);

    private Future<?> attachDeadline;
    private InputSource input;

    V1Connection(UUID sessionId, Terminals terminals, WorkerThreads threads, Peer peer) {
        super(sessionId, terminals, threads, peer, new Liveness(SLOWEST_BYTES_PER_SECOND));
    }

    @Override
    void opened() {
        attachDeadline = threads().later(ATTACH_WITHIN, () -> {
            if (viewer() == null) {
                close(CloseCode.MALFORMED, "attach within 10 seconds");
            }
        });
    }

    @Override
    void text(String frame) {
        if (frame.length() > MAX_CONTROL_CHARS) {
            close(CloseCode.TOO_LARGE, "a control frame has at most 16 KiB");
            return;
        }
        PtyMessage.FromClient message;
        try {
            message = PtyParser.v1(frame);
        } catch (PtyParser.Malformed e) {
            refuse("BAD_MESSAGE", e.getMessage());
            return;
        }
        if (message instanceof PtyMessage.Unknown) {
            ignore();
        } else if (message instanceof PtyMessage.Attach attach) {
            attach(attach);
        } else if (shown() == null) {
            close(CloseCode.MALFORMED, "the first frame is attach");
        } else if (message instanceof PtyMessage.Ack ack) {
            if (!shown().ack(ack.offset())) {
                refuse("BAD_OFFSET", "That much was not sent yet.");
            }
        } else if (shown().who().readOnly()) {
            refuse("READ_ONLY", "This connection only looks on.");
        } else {
            act(message);
        }
    }

    private void act(PtyMessage.FromClient message) {
        Terminal terminal = shown().terminal();
        if (message instanceof PtyMessage.Resize resize) {
            terminal.resize(shown(), resize.size());
        } else if (message instanceof PtyMessage.Policy policy) {
            terminal.drain(policy.drain());
        } else if (message instanceof PtyMessage.Control control) {
            terminal.control(shown(), control.take());
        }
    }

    @Override
    void binary(byte[] frame) {
        if (shown() == null) {
            close(CloseCode.MALFORMED, "the first frame is attach");
        } else if (frame.length > MAX_FRAME_BYTES) {
            close(CloseCode.TOO_LARGE, "a data frame has at most 65544 bytes");
        } else if (frame.length <= Long.BYTES) {
            refuse("BAD_MESSAGE", "A data frame is an offset of 8 bytes and at least one byte.");
        } else if (shown().who().readOnly()) {
            refuse("READ_ONLY", "This connection only looks on.");
        } else {
            type(ByteBuffer.wrap(frame).getLong(), Arrays.copyOfRange(frame, Long.BYTES, frame.length));
        }
    }

    private void type(long offset, byte[] bytes) {
        if (offset < 0) {
            refuse("BAD_OFFSET", "An offset is 0 or more.");
            return;
        }
        boolean written = shown().terminal().typed(shown(), bytes);
        switch (written ? input.take(offset, bytes, INPUT_PATIENCE) : input.drop(offset, bytes.length)) {
            case TAKEN -> {
                // it is acknowledged once it is written
            }
            case KNOWN -> shown().repeatInputAck();
            case GAP -> close(CloseCode.REFUSED, "INPUT_GAP: input before this offset is missing");
            case FULL -> close(CloseCode.TRY_LATER, "the program does not read its input");
        }
    }

    private void attach(PtyMessage.Attach attach) {
        if (shown() != null) {
            refuse("ATTACHED", "This connection shows a terminal already; open another one.");
            return;
        }
        try {
            Terminal terminal = attach.terminal() == null
                    ? terminals().requireDefault(sessionId(), attach.size(), attach.drain())
                    : terminals().require(sessionId(), attach.terminal());
            attach(terminal, attach);
        } catch (ProblemException e) {
            refuseAttach(e.code().name(), e.getMessage(), closeCode(e));
        }
    }

    private void attach(Terminal terminal, PtyMessage.Attach attach) {
        Optional<LiveScreen.Snapshot> snapshot =
                attach.snapshot() && attach.from() == null ? terminal.snapshotBeyond(attach.tail()) : Optional.empty();
        long oldest = terminal.log().oldest();
        long head = terminal.log().head();
        long last = snapshot.map(LiveScreen.Snapshot::offset).orElse(Math.max(oldest, head - attach.tail()));
        long from = attach.from() == null ? last : attach.from();
        if (from > head) {
            refuse("BAD_OFFSET", "The output ends before this offset.");
            return;
        }
        input = terminal.source(attach.inputId() == null ? UUID.randomUUID().toString() : attach.inputId());
        attachDeadline.cancel(false);
        V1Viewer viewer = new V1Viewer(
                terminal,
                Who.connected(attach.name(), input.id(), attach.readOnly()),
                peer(),
                liveness(),
                threads(),
                input,
                new PtyMessage.Attached(
                        terminal.id(),
                        from,
                        oldest,
                        head,
                        input.id(),
                        input.received(),
                        terminal.record().size(),
                        attach.window(),
                        terminal.pacing().drain(),
                        terminal.running()),
                attach.snapshot());
        snapshot.ifPresent(screen -> viewer.tell(new PtyMessage.Snapshot(screen)));
        show(viewer);
    }

    /** A client of a later version learns that this is an earlier one. */
    private void ignore() {
        if (shown() != null) {
            shown().tell(new PtyMessage.Refusal("UNKNOWN_TYPE", "This type is not known here, and is ignored."));
        }
    }

    /** Before the attach there is nothing to go on with. */
    private void refuse(String code, String message) {
        if (shown() == null) {
            refuseAttach(code, message, CloseCode.MALFORMED);
        } else {
            shown().tell(new PtyMessage.Refusal(code, message));
        }
    }

    /** Nothing else sends on this connection yet, so this thread may. */
    private void refuseAttach(String code, String message, int closeCode) {
        try {
            peer().sendText(new PtyMessage.Refusal(code, message).json());
            close(closeCode, code);
        } catch (IOException e) {
            LOG.log(Level.FINE, "A client was gone before its attach was refused", e);
            gone();
        }
    }

    private V1Viewer shown() {
        return (V1Viewer) viewer();
    }
}
