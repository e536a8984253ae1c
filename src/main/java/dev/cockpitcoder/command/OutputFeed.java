package dev.cockpitcoder.command;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.cockpitcoder.command.Output.Channel;
import dev.cockpitcoder.server.WorkerThreads;

/**
 * A command's output on its way to the events: gathered into frames, at most {@value #FRAMES_PER_SECOND} of them in a second, each
 * channel in its order, and nothing lost. Holds what is not yet sent, which the limit of {@link Output} bounds.
 */
public final class OutputFeed implements Output.Listener {
    static final int FRAMES_PER_SECOND = 20;
    static final int MAX_FRAME_CHARS = 32 << 10;
    /** How long a frame may be as JSON: an event is stored in 65,000 characters. */
    static final int MAX_JSON_CHARS = 60_000;

    private static final Duration APART = Duration.ofMillis(1000 / FRAMES_PER_SECOND);
    private static final int LONGEST_ESCAPE = 6;

    /** Where frames go; one call at a time. */
    public interface Sink {
        void output(Channel channel, String text);

        void truncated();
    }

    private final WorkerThreads threads;
    private final Sink sink;
    private final Map<Channel, StringBuilder> pending = new EnumMap<>(Channel.class);
    /** Held while frames are sent, so that they stay in order. */
    private final Object sending = new Object();

    private boolean scheduled;
    private boolean tellTruncated;
    private boolean finished;
    private boolean stopped;
    private Runnable last;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    public OutputFeed(WorkerThreads threads, Sink sink) {
        this.threads = threads;
        this.sink = sink;
        for (Channel channel : Channel.values()) {
            pending.put(channel, new StringBuilder());
        }
    }

    @Override
    public synchronized void wrote(Channel channel, String text) {
        if (!stopped) {
            pending.get(channel).append(text);
            schedule(1);
        }
    }

    @Override
    public synchronized void truncated() {
        tellTruncated = true;
        schedule(1);
    }

    /** Completed when {@link #finish} was said and at most a frame of each channel waits: it takes no memory to speak of. */
    CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /** Completed when {@link #finish} was said and nothing waits. */
    CompletableFuture<Void> over() {
        return over;
    }

    /** @param after run when all is sent; never, after {@link #stop} */
    public synchronized void finish(Runnable after) {
        finished = true;
        if (stopped) {
            over.complete(null);
        } else {
            last = after;
            schedule(0);
        }
        lookHowFar();
    }

    /** Drops what is not sent: nobody can read it any more. */
    public synchronized void stop() {
        stopped = true;
        last = null;
        tellTruncated = false;
        pending.values().forEach(text -> text.setLength(0));
        if (finished) {
            over.complete(null);
        }
        lookHowFar();
    }

    private synchronized void lookHowFar() {
        if (finished && pending.values().stream().allMatch(text -> text.length() <= MAX_FRAME_CHARS)) {
            caughtUp.complete(null);
        }
    }

    /** Sends all that is left now, whatever the pace: the server stops. */
    public void drain() {
        while (send() > 0) {
            // until nothing is left
        }
    }

    private void schedule(int frames) {
        if (!scheduled && !stopped) {
            scheduled = true;
            if (frames == 0) {
                threads.run(this::work);
            } else {
                threads.later(APART.multipliedBy(frames), this::work);
            }
        }
    }

    private void work() {
        int frames = send();
        synchronized (this) {
            scheduled = false;
            if (frames > 0) {
                // also when nothing is left now: what comes next keeps its distance
                schedule(frames);
            }
        }
    }

    /** Sends at most a frame of each channel, and the last word when all is said; gives the number of frames. */
    private int send() {
        // not under the lock of this object: the readers of the command's output must not wait for the events
        synchronized (sending) {
            int frames = 0;
            for (Channel channel : Channel.values()) {
                String frame = take(channel);
                if (!frame.isEmpty()) {
                    sink.output(channel, frame);
                    frames++;
                }
            }
            if (takeTruncated()) {
                sink.truncated();
                frames++;
            }
            lookHowFar();
            takeLast().ifPresent(this::say);
            return frames;
        }
    }

    private synchronized boolean takeTruncated() {
        boolean tell = tellTruncated && isEmpty();
        tellTruncated = tellTruncated && !tell;
        return tell;
    }

    private void say(Runnable lastWord) {
        try {
            lastWord.run();
        } finally {
            over.complete(null);
        }
    }

    private synchronized Optional<Runnable> takeLast() {
        if (last == null || !isEmpty()) {
            return Optional.empty();
        }
        Runnable done = last;
        last = null;
        return Optional.of(done);
    }

    private boolean isEmpty() {
        return pending.values().stream().allMatch(text -> text.length() == 0);
    }

    private synchronized String take(Channel channel) {
        StringBuilder text = pending.get(channel);
        int end = 0;
        for (int json = 0; end < Math.min(text.length(), MAX_FRAME_CHARS); end++) {
            char c = text.charAt(end);
            json += c < ' ' ? LONGEST_ESCAPE : c == '"' || c == '\\' ? 2 : 1;
            if (json > MAX_JSON_CHARS) {
                break;
            }
        }
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        String frame = text.substring(0, end);
        text.delete(0, end);
        return frame;
    }
}
