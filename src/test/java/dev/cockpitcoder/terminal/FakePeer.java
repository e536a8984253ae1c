package dev.cockpitcoder.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import dev.cockpitcoder.process.Await;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** A client that keeps what it receives. It can stop reading. */
final class FakePeer implements Peer {
    private static final int RECENT_FRAMES = 4;

    private final List<String> texts = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<long[]> frames = new ArrayList<>();
    private final Deque<String> recent = new ArrayDeque<>();
    private Runnable onPing = () -> {};
    private Runnable onData = () -> {};
    private boolean reading = true;
    private int closeCode;
    private int sending;

    @Override
    public synchronized void sendText(String text) throws IOException {
        await();
        texts.add(text);
        onData.run();
    }

    @Override
    public synchronized void sendBinary(ByteBuffer bytes) throws IOException {
        await();
        frames.add(new long[] {bytes.getLong(), bytes.remaining()});
        recent.add(new String(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), ISO_8859_1));
        if (recent.size() > RECENT_FRAMES) {
            recent.remove();
        }
        data.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        onData.run();
    }

    private void await() throws IOException {
        if (++sending > 1) {
            throw new AssertionError("two senders at once");
        }
        try {
            while (!reading && closeCode == 0) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            sending--;
        }
        if (closeCode != 0) {
            throw new IOException("closed");
        }
    }

    @Override
    public synchronized void ping() throws IOException {
        await();
        onPing.run();
    }

    /** What it does when it is pinged. */
    synchronized void onPing(Runnable answer) {
        onPing = answer;
    }

    /** What it does when data comes. */
    synchronized void onData(Runnable then) {
        onData = then;
    }

    @Override
    public synchronized void close(int code, String reason) {
        if (closeCode == 0) {
            closeCode = code;
            notifyAll();
        }
    }

    synchronized void stopReading() {
        reading = false;
    }

    synchronized void readAgain() {
        reading = true;
        notifyAll();
    }

    synchronized int closeCode() {
        return closeCode;
    }

    synchronized String text() {
        return String.join("", texts);
    }

    synchronized byte[] data() {
        return data.toByteArray();
    }

    /** What the last few frames of data held. */
    synchronized String recent() {
        return String.join("", recent);
    }

    synchronized long received() {
        return data.size();
    }

    /** The offset after so many of the bytes that arrived. */
    synchronized long offsetAfter(long bytes) {
        long left = bytes;
        for (long[] frame : frames) {
            if (left <= frame[1]) {
                return frame[0] + left;
            }
            left -= frame[1];
        }
        return next();
    }

    /** The offset after the last byte that arrived. */
    synchronized long next() {
        long[] last = frames.isEmpty() ? new long[2] : frames.get(frames.size() - 1);
        return last[0] + last[1];
    }

    /** The offset and the length of each data frame. */
    synchronized List<long[]> frames() {
        return List.copyOf(frames);
    }

    /** Control messages of this type. */
    synchronized List<JsonObject> messages(String type) {
        return texts.stream()
                .map(text -> Json.createReader(new StringReader(text)).readObject())
                .filter(message -> message.getString("type").equals(type))
                .toList();
    }

    JsonObject awaitMessage(String type) throws Exception {
        until(() -> !messages(type).isEmpty());
        List<JsonObject> all = messages(type);
        return all.get(all.size() - 1);
    }

    void until(Callable<Boolean> condition) throws Exception {
        Await.until(() -> "close code " + closeCode() + ", text " + text() + ", data " + new String(data()), condition);
    }
}
