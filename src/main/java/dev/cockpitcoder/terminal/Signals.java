package dev.cockpitcoder.terminal;

import java.time.Duration;

/** A terminal's title and its bell, told to its viewers: at most ten bells a second. Scanned on the reading thread. */
final class Signals implements SignalScanner.Listener {
    private static final long APART_NANOS = Duration.ofMillis(100).toNanos();

    private final Viewers viewers;
    private long rangAt = System.nanoTime() - APART_NANOS;
    private volatile String title = "";

    Signals(Viewers viewers) {
        this.viewers = viewers;
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

    /** Empty when the program has set none. */
    String title() {
        return title;
    }
}
