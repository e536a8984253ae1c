package dev.cockpitcoder.server;

import java.lang.reflect.Field;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.websocket.Session;

/**
 * Takes the idle timer from a socket. Tyrus starts it anew with each frame in and out, even where no idle time-out is set, and
 * Payara's scheduler looks through every jar of the application for each start: that was more than half of what a frame costs.
 * Our endpoints set no idle time-out; each looks itself whether its peer lives.
 */
final class IdleTimer {
    private static final Logger LOG = Logger.getLogger(IdleTimer.class.getName());

    private IdleTimer() {}

    /** Of another implementation's socket it takes nothing. */
    static void takeFrom(Session socket) {
        try {
            Field scheduler = socket.getClass().getDeclaredField("service");
            scheduler.setAccessible(true);
            scheduler.set(socket, Never.INSTANCE);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "This socket has no scheduler that is known here", e);
        }
    }

    /** Starts nothing. It has no thread, and is never shut down. */
    private static final class Never extends ScheduledThreadPoolExecutor {
        private static final Never INSTANCE = new Never();

        private Never() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return null;
        }
    }
}
