package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A network between a client and the server that can be cut: its connections are reset, and new ones too until it is mended. Or it goes
 * dead: nothing arrives any more, and nobody is told. Or it is bad: each connection breaks after so many bytes, in the middle of a frame too.
 * Or slow. Or it has no patience with connections that carry nothing, as proxies of this world do.
 */
public final class CuttableProxy implements AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean cut;
    private volatile boolean dead;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile int patienceMillis;
    /** The budgets of connections, each of which is itself only. */
    private final Set<AtomicLong> cutForIdleness = ConcurrentHashMap.newKeySet();

    private volatile LongSupplier lifetimes = () -> Long.MAX_VALUE;

    /** @param target the server's port on this machine */
    public CuttableProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public String base() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    public void cut() {
        cut = true;
        open.forEach(CuttableProxy::reset);
    }

    public void mend() {
        cut = false;
    }

    public void goDead() {
        dead = true;
    }

    /** @param bytes asked at each new connection: how many bytes it carries, both ways together, before it breaks */
    public void breakAfter(LongSupplier bytes) {
        lifetimes = bytes;
    }

    /** Each way of each connection. */
    public void slowDown(long to) {
        bytesPerSecond = to;
    }

    /** Connections on which nothing comes from the server, or nothing from the client, for so long are cut, from the next one on. */
    public void cutIdle(Duration after) {
        patienceMillis = (int) after.toMillis();
    }

    /** How many were cut for that. */
    public int idleCuts() {
        return cutForIdleness.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closedOrRefused) {
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            reset(client);
            throw e;
        }
        open.add(server);
        // after both are known: a cut meanwhile finds them, or is found here
        if (cut) {
            reset(client);
            reset(server);
        }
        AtomicLong left = new AtomicLong(lifetimes.getAsLong());
        threads.execute(() -> pump(client, server, left));
        threads.execute(() -> pump(server, client, left));
    }

    private void pump(Socket from, Socket to, AtomicLong left) {
        try (from;
                to) {
            from.setSoTimeout(patienceMillis);
            byte[] buffer = new byte[8192];
            for (int count; (count = from.getInputStream().read(buffer)) >= 0; ) {
                if (!dead) {
                    long room = left.getAndAdd(-count);
                    to.getOutputStream().write(buffer, 0, (int) Math.max(0, Math.min(count, room)));
                    LockSupport.parkNanos(count * NANOS_PER_SECOND / bytesPerSecond);
                    if (room <= count) {
                        reset(from);
                        reset(to);
                    }
                }
            }
        } catch (SocketTimeoutException idle) {
            cutForIdleness.add(left);
            reset(to);
        } catch (IOException gone) {
            reset(to);
        } finally {
            open.remove(from);
        }
    }

    /** Closes without a farewell. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
        threads.shutdownNow();
    }
}
