package dev.cockpitcoder.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * A subscriber of Server-Sent Events (WHATWG HTML, section 9.2). It never blocks: when the client does not read, there is no thread
 * that waits for it.
 *
 * <p>Frames have no {@code event:} field, so that an {@code EventSource} gets them all in {@code onmessage}; the type is in the JSON.
 */
final class StreamOutlet implements Outlet {
    private static final Logger LOG = Logger.getLogger(StreamOutlet.class.getName());

    private final ServletOutputStream out;
    private AsyncContext exchange;
    private boolean opened;
    private boolean closed;

    StreamOutlet(ServletOutputStream out) {
        this.out = out;
    }

    /** @param listener calls {@link #open} */
    synchronized void begin(AsyncContext context, WriteListener listener) {
        exchange = context;
        out.setWriteListener(listener);
        if (closed) {
            // the session ended meanwhile
            exchange.complete();
        }
    }

    /** Writing is possible: before the container says so, it must not be asked. True the first time. */
    synchronized boolean open() {
        boolean first = !opened;
        opened = true;
        return first;
    }

    @Override
    public synchronized boolean ready() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        return opened && out.isReady();
    }

    @Override
    public void event(StoredEvent event) throws IOException {
        write("id: " + event.seq() + "\ndata: " + event.json() + "\n\n");
    }

    @Override
    public void notice(String json) throws IOException {
        write("data: " + json + "\n\n");
    }

    @Override
    public void keepAlive() throws IOException {
        write(":\n\n");
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!closed) {
            out.flush();
        }
    }

    @Override
    public synchronized void close(Ending ending) {
        if (closed) {
            return;
        }
        closed = true;
        if (exchange != null) {
            try {
                exchange.complete();
            } catch (IllegalStateException e) {
                LOG.log(Level.FINE, "an event stream was over already", e);
            }
        }
    }

    /** The container ends the exchange, and gives its output to another. */
    synchronized void over() {
        closed = true;
    }

    private synchronized void write(String text) throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
