package dev.cockpitcoder.event;

import java.io.IOException;
import java.time.Duration;

import jakarta.websocket.CloseReason.CloseCodes;

import dev.cockpitcoder.server.SocketOutput;

/**
 * A subscriber on a WebSocket: a text frame an event. Sending blocks.
 *
 * <p>It looks itself whether the client answers its pings. The container's idle time-out does not do: Tyrus starts each session
 * with one of 0 ms, and when that runs late, a time-out set meanwhile makes it close the socket at once.
 */
final class SocketOutlet implements Outlet {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final SocketOutput output;
    private volatile long heardAt = System.nanoTime();

    SocketOutlet(SocketOutput output) {
        this.output = output;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void event(StoredEvent event) throws IOException {
        notice(event.json());
    }

    @Override
    public void notice(String json) throws IOException {
        output.sendText(json);
    }

    /** Something came from the client. */
    void heard() {
        heardAt = System.nanoTime();
    }

    @Override
    public void keepAlive() throws IOException {
        if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
            throw new IOException("the client is silent");
        }
        output.ping();
    }

    @Override
    public void flush() {
        // every frame is flushed
    }

    @Override
    public void close(Ending ending) {
        CloseCodes code = ending == Ending.BROKEN ? CloseCodes.GOING_AWAY : CloseCodes.VIOLATED_POLICY;
        output.close(code.getCode(), ending.reason());
    }
}
