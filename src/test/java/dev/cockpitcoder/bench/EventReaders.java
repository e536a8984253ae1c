package dev.cockpitcoder.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Many subscribers on one thread, which cost the machine they share with the server little: each is a WebSocket (RFC 6455) that
 * reads text frames and looks for two members in them.
 */
final class EventReaders implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int LONG_LENGTH = 126;
    private static final int TEXT = 1;
    private static final int OPCODE = 0x0F;
    private static final int LENGTH = 0x7F;

    private final Selector selector = Selector.open();
    private final List<Reader> readers = new ArrayList<>();
    private volatile boolean closing;

    EventReaders(String url, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Reader reader = new Reader(connect(URI.create(url)));
            readers.add(reader);
            reader.channel.configureBlocking(false);
            reader.channel.register(selector, SelectionKey.OP_READ, reader);
        }
        new Thread(this::read, "event-readers").start();
    }

    /** How late each event came to each reader, in milliseconds, from when it was stored. */
    double[] late() {
        return readers.stream()
                .flatMapToLong(reader -> LongStream.of(reader.late).limit(reader.count))
                .asDoubleStream()
                .toArray();
    }

    /** How many events the reader with the fewest has. */
    long fewest() {
        return readers.stream().mapToLong(reader -> reader.count).min().orElse(0);
    }

    /** How often a reader's sequence went on with another number than the next. */
    long holes() {
        return readers.stream().mapToLong(reader -> reader.holes).sum();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.close();
        for (Reader reader : readers) {
            reader.channel.close();
        }
    }

    private static SocketChannel connect(URI url) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()));
        String handshake =
                "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(StandardCharsets.US_ASCII.encode(handshake));
        StringBuilder answer = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("refused: " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + answer);
        }
        return channel;
    }

    private void read() {
        try {
            while (!closing) {
                selector.select(key -> {
                    try {
                        ((Reader) key.attachment()).read();
                    } catch (IOException e) {
                        key.cancel();
                    }
                });
            }
        } catch (ClosedSelectorException over) {
            // all readers are closed
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Reader {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
        private long seq;
        private long[] late = new long[1024];
        private volatile int count;
        private volatile long holes;

        Reader(SocketChannel channel) {
            this.channel = channel;
        }

        void read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("closed");
            }
            in.flip();
            while (frame()) {
                // all that are there
            }
            in.compact();
        }

        private boolean frame() {
            if (in.remaining() < 2) {
                return false;
            }
            int begin = in.position();
            int length = in.get(begin + 1) & LENGTH;
            int header = 2;
            if (length == LONG_LENGTH && in.remaining() >= 4) {
                length = in.getShort(begin + 2) & 0xFFFF;
                header = 4;
            }
            if (in.remaining() < header + length) {
                return false;
            }
            if ((in.get(begin) & OPCODE) == TEXT) {
                received(new String(in.array(), begin + header, length, StandardCharsets.ISO_8859_1));
            }
            in.position(begin + header + length);
            return true;
        }

        private void received(String event) {
            long now = System.currentTimeMillis();
            long number = Long.parseLong(between(event, "\"seq\":", ","));
            if (seq > 0 && number != seq + 1) {
                holes++;
            }
            seq = number;
            if (count == late.length) {
                late = Arrays.copyOf(late, 2 * count);
            }
            late[count] = now - Instant.parse(between(event, "\"at\":\"", "\"")).toEpochMilli();
            count++;
        }

        private static String between(String text, String before, String after) {
            int begin = text.indexOf(before) + before.length();
            return text.substring(begin, text.indexOf(after, begin));
        }
    }
}
