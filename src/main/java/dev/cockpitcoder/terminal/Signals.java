package dev.cockpitcoder.terminal;

import java.time.Duration;

/** A terminal's title and its bell, told to its viewers: at most ten bells a second; and queries. Scanned on the reading thread. */
final class Signals implements SignalScanner.Listener {
    private static final long APART_NANOS = Duration.ofMillis(100).toNanos();

    private final Viewers viewers;
    private final Answers answers;
    private long rangAt = System.nanoTime() - APART_NANOS;
    private volatile String title = "";

    Signals(Viewers viewers, Answers answers) {
        this.viewers = viewers;
        this.answers = answers;
    }

    @Override
    public void bell() {
        long now = System.nanoTime();
        if (now - rangAt >= APART_NANOS) {
            rangAt = now;
            viewers.tell(new PtyMessage.Bell());
        }
    }

    @Override
    public void title(String changed) {
        if (!changed.equals(title)) {
            title = changed;
            viewers.tell(new PtyMessage.Title(changed));
        }
    }

    @Override
    public void query(Query query, long offset) {
        answers.asked(query, offset);
    }

    /** Empty when the program has set none. */
    String title() {
        return title;
    }
}
