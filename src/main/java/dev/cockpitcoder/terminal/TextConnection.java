package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;

/** The first clients' protocol: text frames are output and input, and one kind of text frame is a resize. */
final class TextConnection extends PtyConnection {
    /** All that the buffers on the way can hold may be before its answer. */
    private static final long SLOWEST_BYTES_PER_SECOND = 16 * 1024;

    private InputSource input;

    TextConnection(UUID sessionId, Terminals terminals, WorkerThreads threads, Peer peer) {
        super(sessionId, terminals, threads, peer, new Liveness(SLOWEST_BYTES_PER_SECOND));
    }

    @Override
    void opened() {
        try {
            Terminal terminal = terminals().requireDefaultForText(sessionId());
            input = terminal.source("text-" + UUID.randomUUID());
            show(new TextViewer(terminal, Who.connected(null, input.id(), false), peer(), liveness(), threads()));
        } catch (ProblemException e) {
            close(closeCode(e), e.code().title());
        }
    }

    @Override
    void text(String frame) {
        if (viewer() == null) {
            return;
        }
        Optional<TerminalSize> size = PtyParser.textResize(frame);
        if (size.isPresent()) {
            viewer().terminal().resize(viewer(), size.get());
        } else {
            type(frame.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void type(byte[] bytes) {
        if (viewer().terminal().typed(viewer(), bytes)
                && input.take(bytes, INPUT_PATIENCE) == InputSource.Outcome.FULL) {
            close(CloseCode.TRY_LATER, "the program does not read its input");
        }
    }

    @Override
    void binary(byte[] frame) {
        close(CloseCode.NO_MEANING, "this protocol is text only");
    }
}
