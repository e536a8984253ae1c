package dev.cockpitcoder.terminal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.cockpitcoder.server.WorkerThreads;

/**
 * Answers the queries of a program, each once and in their order, from the terminal's screen: whoever looks at it, and also when nobody
 * does. Only colors are those of a viewer: one of them is asked, and when it says nothing the usual ones are answered.
 */
final class Answers {
    private static final Duration COLOR_PATIENCE = Duration.ofSeconds(1);
    /** So long after a query the answer of a viewer's terminal is one too many. */
    private static final long LATE_NANOS = Duration.ofSeconds(15).toNanos();

    private static final int MAX_WAITING = 256;
    private static final int MAX_COLORS = 300;

    private final LiveScreen screen;
    private final Viewers viewers;
    private final InputSource source;
    private final WorkerThreads threads;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** What a viewer last answered about its colors. */
    private final Map<String, String> colors = new ConcurrentHashMap<>();

    /** When something was last asked whose answer ends, or begins, with this character. */
    private final Map<Character, Long> askedAt = new ConcurrentHashMap<>();

    private static final class Waiting {
        private final Query query;
        /** Who is to answer; null for nobody. */
        private final Viewer viewer;

        private String answer;

        Waiting(Query query, Viewer viewer) {
            this.query = query;
            this.viewer = viewer;
        }
    }

    /** @param source writes what is answered */
    Answers(LiveScreen screen, Viewers viewers, InputSource source, WorkerThreads threads) {
        this.screen = screen;
        this.viewers = viewers;
        this.source = source;
        this.threads = threads;
    }

    /** The program asks, live. For the reading thread; does not block. */
    void asked(Query query, long offset) {
        boolean color = query.kind() == Query.Kind.COLOR;
        Waiting asked = new Waiting(query, color ? viewers.answering(offset) : null);
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                return;
            }
            waiting.addLast(asked);
        }
        if (!color) {
            askedAt.put(query.kind().mark(), System.nanoTime());
            screen.at(offset, drawn -> answered(asked, query.answer(drawn)));
            threads.run(() -> {
                screen.catchUp(offset);
                send();
            });
        } else if (asked.viewer == null) {
            answered(asked, color(query));
            threads.run(this::send);
        } else {
            threads.later(COLOR_PATIENCE, () -> {
                answered(asked, color(query));
                send();
            });
        }
    }

    private String color(Query query) {
        return colors.getOrDefault(query.what(), query.usualColor());
    }

    private void answered(Waiting asked, String answer) {
        synchronized (waiting) {
            if (asked.answer == null) {
                asked.answer = answer;
            }
        }
    }

    /** Sends what is answered, up to the first query that is not. */
    private void send() {
        synchronized (source) {
            for (Waiting first; (first = nextAnswered()) != null; ) {
                source.take(first.answer.getBytes(StandardCharsets.ISO_8859_1), Duration.ZERO);
            }
        }
    }

    private Waiting nextAnswered() {
        synchronized (waiting) {
            Waiting first = waiting.peekFirst();
            return first == null || first.answer == null ? null : waiting.removeFirst();
        }
    }

    /**
     * A viewer's terminal says something by itself.
     *
     * @return whether it is to be typed: it answers nothing that is answered otherwise
     */
    boolean passes(Viewer viewer, TerminalReport report) {
        return switch (report.kind()) {
            case FOCUS -> true;
            case ANSWER -> {
                // unasked it is a key: Shift+F3 looks like a cursor position
                Long asked = askedAt.get(report.mark());
                yield asked == null || System.nanoTime() - asked > LATE_NANOS;
            }
            case COLOR -> {
                colorReported(viewer, report);
                yield false;
            }
        };
    }

    private void colorReported(Viewer viewer, TerminalReport report) {
        synchronized (waiting) {
            for (Waiting each : waiting) {
                if (each.viewer == viewer
                        && each.answer == null
                        && each.query.what().equals(report.color())) {
                    each.answer = report.text();
                    if (colors.size() < MAX_COLORS) {
                        colors.put(report.color(), report.text());
                    }
                    break;
                }
            }
        }
        threads.run(this::send);
    }
}
