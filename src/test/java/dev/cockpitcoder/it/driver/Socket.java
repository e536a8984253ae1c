package dev.cockpitcoder.it.driver;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;

import static org.assertj.core.api.Assertions.assertThat;

/** A WebSocket client that gives whole messages. */
public final class Socket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A message: text, or bytes, or the close with its code. */
    public record Message(String text, byte[] bytes, int closeCode, String reason) {
        public JsonObject json() {
            try (var reader = Json.createReader(new StringReader(text))) {
                return reader.readObject();
            } catch (JsonException e) {
                throw new AssertionError(
                        e + " in " + text.length() + " characters: " + text.substring(0, Math.min(200, text.length()))
                                + " ... " + text.substring(Math.max(0, text.length() - 200)),
                        e);
            }
        }

        public boolean isClose() {
            return closeCode > 0;
        }
    }

    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Message> closed = new CompletableFuture<>();
    private WebSocket socket;

    private Socket() {}

    public static Socket open(String url) {
        return open(url, List.of(), List.of());
    }

    /**
     * @param headers names and values in turn
     * @throws Refused when the handshake is
     */
    public static Socket open(String url, List<String> subprotocols, List<String> headers) {
        Socket client = new Socket();
        WebSocket.Builder builder = Cockpit.HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        try {
            client.socket =
                    builder.buildAsync(URI.create(url), client.new Listener()).join();
            return client;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                throw new Refused(refusal.getResponse().statusCode());
            }
            throw e;
        }
    }

    /** A handshake that was answered with an HTTP status. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("the handshake was refused with " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public Socket send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** As {@link #send(String)}, and nothing when the server has closed already: what came before that may not be read yet. */
    public void sendWhileOpen(String text) {
        try {
            send(text);
        } catch (CompletionException e) {
            assertThat(closed).succeedsWithin(PATIENCE);
        }
    }

    public Socket send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** The next message; fails when none comes in time. */
    public Message next() {
        return next(PATIENCE).orElseThrow(() -> new AssertionError("no message within " + PATIENCE));
    }

    /** The next message; empty when none comes in time. */
    public Optional<Message> next(Duration within) {
        try {
            return Optional.ofNullable(received.poll(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Collects text messages until what came so far contains this; gives what came. */
    public String until(String wanted) {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(wanted) < 0) {
            Message message = next();
            assertThat(message.isClose())
                    .as("closed with %s %s after: %s", message.closeCode(), message.reason(), seen)
                    .isFalse();
            seen.append(message.text());
        }
        return seen.toString();
    }

    /** Waits for the close, whatever comes before it. */
    public Message awaitClose() {
        try {
            return closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            throw new AssertionError("no close within " + PATIENCE, e);
        }
    }

    /** Closes as a browser does: the server hears of it while it sends. */
    public void leave() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        awaitClose();
    }

    /** The network going away: no close frame. */
    public void drop() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket);
        }
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                received.add(new Message(text.toString(), null, 0, null));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
            byte[] piece = new byte[part.remaining()];
            part.get(piece);
            bytes.writeBytes(piece);
            if (last) {
                received.add(new Message(null, bytes.toByteArray(), 0, null));
                bytes.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            over(code, reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            over(1006, failure + ", because of " + failure.getCause());
        }

        private void over(int code, String reason) {
            Message close = new Message("", null, code, reason);
            received.add(close);
            closed.complete(close);
        }
    }
}
