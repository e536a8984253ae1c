package dev.cockpitcoder.terminal;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.WorkerThreads;

/** One client's connection, in either protocol. Frames come one at a time; it may be closed from any thread. */
abstract class PtyConnection {
    /** How long a program may leave its input unread before the one who types is sent away. */
    static final Duration INPUT_PATIENCE = Duration.ofSeconds(10);

    private final UUID sessionId;
    private final Terminals terminals;
    private final WorkerThreads threads;
    private final Peer peer;
    private final Liveness liveness;
    private volatile boolean closed;
    private volatile Viewer viewer;
    private Future<?> expiry = CompletableFuture.completedFuture(null);

    PtyConnection(UUID sessionId, Terminals terminals, WorkerThreads threads, Peer peer, Liveness liveness) {
        this.sessionId = sessionId;
        this.terminals = terminals;
        this.threads = threads;
        this.peer = peer;
        this.liveness = liveness;
    }

    /** The first callback. */
    abstract void opened();

    abstract void text(String frame);

    abstract void binary(byte[] frame);

    final UUID sessionId() {
        return sessionId;
    }

    final Terminals terminals() {
        return terminals;
    }

    final WorkerThreads threads() {
        return threads;
    }

    final Peer peer() {
        return peer;
    }

    final Viewer viewer() {
        return viewer;
    }

    final Liveness liveness() {
        return liveness;
    }

    /** Called about every second: asks a quiet client for a sign of life, and closes when there is none. Does not block. */
    final void checkLink() {
        Viewer shown = viewer;
        if (liveness.isGone()) {
            threads.run(() -> close(CloseCode.TRY_LATER, "no sign of life"));
        } else if (shown != null) {
            shown.beat();
        }
    }

    /** Begins to show a terminal. */
    final void show(Viewer shown) {
        try {
            shown.terminal().add(shown);
            shown.entered();
        } catch (ProblemException e) {
            shown.leave();
            throw e;
        }
        viewer = shown;
        if (closed) {
            shown.leave();
        }
    }

    /** The token ends then, and this with it. Called before anything else. */
    final void expires(Duration after) {
        expiry = threads.later(after, () -> close(CloseCode.REFUSED, "token expired"));
    }

    final void close(int code, String reason) {
        gone();
        peer.close(code, reason);
    }

    /** The client is gone, whoever closed. Any number of times. */
    final void gone() {
        closed = true;
        expiry.cancel(false);
        terminals.disconnected(this);
        Viewer shown = viewer;
        if (shown != null) {
            shown.leave();
        }
    }

    /** The close code for a refusal that comes before anything is shown. */
    static int closeCode(ProblemException problem) {
        return switch (problem.code().status()) {
            case 404 -> CloseCode.NO_SUCH_TERMINAL;
            case 429, 503 -> CloseCode.TRY_LATER;
            case 400, 422 -> CloseCode.MALFORMED;
            case 401, 403 -> CloseCode.REFUSED;
            default -> CloseCode.FAILED;
        };
    }
}
