package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.cockpitcoder.process.Utf8Text;
import dev.cockpitcoder.server.WorkerThreads;

/** Sends output as text frames, cut between characters. It has no acknowledgements and leans on the socket's back-pressure. */
final class TextViewer extends Viewer {
    static final int TAIL = 256 * 1024;
    /** A byte that is no UTF-8 takes three in the frame. */
    private static final int MAX_BYTES = 16 * 1024;

    private final Utf8Text text = new Utf8Text();
    private final long replayUntil;
    private final AtomicReference<String> line = new AtomicReference<>("");
    private QueryFilter queries = newFilter();
    /** What it begins with instead of older output; null when it has that, or was sent. */
    private String screen;

    private volatile long cursor;

    TextViewer(Terminal terminal, Who who, Peer peer, Liveness liveness, WorkerThreads threads) {
        super(terminal, who, peer, liveness, threads);
        Optional<LiveScreen.Snapshot> snapshot = terminal.snapshotBeyond(TAIL);
        replayUntil = terminal.log().head();
        screen = snapshot.map(LiveScreen.Snapshot::text).orElse(null);
        cursor = snapshot.map(LiveScreen.Snapshot::offset)
                .orElse(Math.max(terminal.log().oldest(), replayUntil - TAIL));
        if (cursor > 0 && screen == null) {
            text.startMidStream();
        }
    }

    private QueryFilter newFilter() {
        return new QueryFilter(() -> cursor > replayUntil && terminal().answersColors(this));
    }

    @Override
    void send() throws IOException {
        OutputLog log = terminal().log();
        while (!closed()) {
            if (screen != null) {
                sendText(screen);
                screen = null;
            }
            sendUnlessEmpty(line.getAndSet(""));
            boolean over = !terminal().running();
            long stale = terminal().pacing().staleBefore();
            if (stale - cursor > V1Viewer.MAX_LAG) {
                skip(stale - V1Viewer.CONTEXT, "before the interrupt were left out");
            }
            byte[] bytes = new byte[(int) Math.min(MAX_BYTES, log.head() - cursor)];
            int count = log.read(cursor, bytes, 0, bytes.length);
            if (count == OutputLog.OVERTAKEN) {
                skip(Math.max(log.oldest(), log.head() - V1Viewer.MAX_LAG), "were too many to keep");
            } else if (count > 0) {
                countReplayed(cursor, count, replayUntil);
                cursor = cursor + count;
                sendUnlessEmpty(decode(queries.filter(bytes, count)));
                sentOutput(count);
            } else {
                if (over) {
                    sendUnlessEmpty(decode(queries.rest()) + text.end());
                    close(CloseCode.SHELL_ENDED, "the shell ended");
                }
                return;
            }
        }
    }

    private String decode(byte[] bytes) {
        return text.decode(bytes, 0, bytes.length);
    }

    /** A full-screen program does not draw again what was skipped: its screen is sent. */
    private void skip(long to, String why) throws IOException {
        queries = newFilter();
        LiveScreen.Snapshot now = terminal().snapshotBeyond(0).orElse(null);
        if (now != null && now.alternate() && now.offset() > cursor) {
            countGap();
            cursor = now.offset();
            moved();
            text.startMidStream();
            sendText(now.text());
            return;
        }
        String notice = "\r\n[" + (to - cursor) + " bytes of output " + why + "]\r\n";
        countGap();
        cursor = to;
        moved();
        text.startMidStream();
        sendText(notice);
    }

    private void sendUnlessEmpty(String characters) throws IOException {
        if (!characters.isEmpty()) {
            sendText(characters);
        }
    }

    @Override
    long liveFrom() {
        return replayUntil;
    }

    @Override
    long cursor() {
        return cursor;
    }

    /** The first clients understand nothing but output: so they are told in a line of it, and only what matters. */
    @Override
    void told(PtyMessage.FromServer news) {
        if (news instanceof PtyMessage.Notice notice && notice.endsIn() != null) {
            line.set("\r\n[" + notice.message() + "]\r\n");
            wake();
        }
    }
}
