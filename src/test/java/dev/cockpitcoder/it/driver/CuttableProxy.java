package dev.cockpitcoder.it.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between a client and the server that can be cut: its connections are reset, and new ones too until it is mended. Or it goes
 * dead: nothing arrives any more, and nobody is told.
 */
public final class CuttableProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean cut;
    private volatile boolean dead;

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
        threads.execute(() -> pump(client, server));
        threads.execute(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            byte[] buffer = new byte[8192];
            for (int count; (count = from.getInputStream().read(buffer)) >= 0; ) {
                if (!dead) {
                    to.getOutputStream().write(buffer, 0, count);
                }
            }
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
