package dev.cockpitcoder.command;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import dev.cockpitcoder.process.Utf8Text;

/**
 * What a command wrote: the first part of it as text, in the order of arrival, and the count of all of it. Bytes that are no UTF-8
 * become U+FFFD; a character that the limit cuts is left out. Safe for a thread per channel.
 */
public final class Output {
    public enum Channel {
        STDOUT,
        STDERR;

        /** For JSON. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Told what is kept, as it comes. Called under the lock of the output: must not block. */
    public interface Listener {
        void wrote(Channel channel, String text);

        /** Once, when the first byte is dropped. */
        void truncated();
    }

    private static final class Stream {
        final Utf8Text decoder = new Utf8Text();
        long bytes;
    }

    private final int maxBytes;
    private final Listener listener;
    private final Map<Channel, Stream> streams = new EnumMap<>(Channel.class);
    private final StringBuilder text = new StringBuilder();
    private int kept;
    private boolean truncated;

    public Output(int maxBytes, Listener listener) {
        this.maxBytes = maxBytes;
        this.listener = listener;
        for (Channel channel : Channel.values()) {
            streams.put(channel, new Stream());
        }
    }

    public synchronized void append(Channel channel, byte[] bytes, int length) {
        Stream stream = streams.get(channel);
        stream.bytes += length;
        int take = Math.min(maxBytes - kept, length);
        if (take > 0) {
            kept += take;
            add(channel, stream.decoder.decode(bytes, 0, take));
        }
        if (take < length && !truncated) {
            truncated = true;
            listener.truncated();
        }
    }

    /** Nothing more comes on this channel. */
    public synchronized void end(Channel channel) {
        if (!truncated) {
            add(channel, streams.get(channel).decoder.end());
        }
    }

    private void add(Channel channel, String more) {
        if (!more.isEmpty()) {
            text.append(more);
            listener.wrote(channel, more);
        }
    }

    public synchronized String text() {
        return text.toString();
    }

    synchronized long bytes(Channel channel) {
        return streams.get(channel).bytes;
    }

    public synchronized boolean truncated() {
        return truncated;
    }
}
