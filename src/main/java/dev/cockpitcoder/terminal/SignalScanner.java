package dev.cockpitcoder.terminal;

import dev.cockpitcoder.screen.ControlSequence;
import dev.cockpitcoder.screen.SequenceHandler;
import dev.cockpitcoder.screen.SequenceScanner;

/**
 * Finds the bells, the titles and the queries in a terminal's output: BEL outside of a control string, OSC 0 and 2, and what
 * {@link Query} knows (ECMA-48, xterm's control sequences). It only looks on; for one thread.
 */
final class SignalScanner implements SequenceHandler {
    static final int MAX_TITLE_CHARS = 256;
    /** A longer OSC is no title that anybody reads. */
    private static final int MAX_OSC_CHARS = 2048;

    private static final int BEL = 0x07;

    /** Told what is found, on the scanning thread. */
    interface Listener {
        void bell();

        void title(String title);

        /** @param offset after the last byte of the query */
        void query(Query query, long offset);
    }

    private final Listener listener;
    private final SequenceScanner scanner = new SequenceScanner(this);

    SignalScanner(Listener listener) {
        this.listener = listener;
    }

    void scan(byte[] bytes, int length) {
        scanner.scan(bytes, length);
    }

    /** Where the last control sequence began; -1 when there was none. */
    long lastSequence() {
        return scanner.lastSequence();
    }

    @Override
    public void execute(int control) {
        if (control == BEL) {
            listener.bell();
        }
    }

    @Override
    public void csi(ControlSequence sequence) {
        tell(Query.of(sequence));
    }

    @Override
    public void dcs(ControlSequence sequence, String text) {
        tell(Query.of(sequence, text));
    }

    @Override
    public void osc(String text) {
        if (text.length() < MAX_OSC_CHARS && (text.startsWith("0;") || text.startsWith("2;"))) {
            listener.title(clean(text.substring(2)));
        }
        Query.ofColors(text).forEach(this::tell);
    }

    private void tell(Query query) {
        if (query != null) {
            listener.query(query, scanner.scanned());
        }
    }

    private static String clean(String title) {
        StringBuilder clean = new StringBuilder();
        title.codePoints()
                .filter(each -> !Character.isISOControl(each))
                .limit(MAX_TITLE_CHARS)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
