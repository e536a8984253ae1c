package dev.cockpitcoder.agent;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.cockpitcoder.process.Utf8Text;

/** The last of what a program wrote to its errors, without secrets. */
final class LastWords {
    private static final int CHARS = 600;

    private final StringBuffer words = new StringBuffer();
    private final Redaction.Flow flow;
    private final CountDownLatch read = new CountDownLatch(1);

    LastWords(Redaction redaction) {
        this.flow = redaction.flow();
    }

    /** Until the program ends. */
    void read(InputStream stream) {
        Utf8Text text = new Utf8Text();
        byte[] chunk = new byte[8 << 10];
        try (stream) {
            for (int count; (count = stream.read(chunk)) >= 0; ) {
                add(flow.add(text.decode(chunk, 0, count)));
            }
            add(flow.add(text.end()) + flow.end());
        } catch (IOException e) {
            add("…");
        } finally {
            read.countDown();
        }
    }

    private void add(String more) {
        words.append(more);
        words.delete(0, Math.max(0, words.length() - CHARS));
    }

    void await(Duration limit) {
        try {
            read.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sentence to follow another; empty when it wrote nothing. */
    String sentence() {
        String last = words.toString().strip();
        return last.isEmpty() ? "" : ". It wrote: " + last;
    }
}
