package dev.cockpitcoder.event;

import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.problem.ProblemException;

/** What the container says about one stream of Server-Sent Events, passed on to its cursor. */
final class EventStream implements WriteListener, AsyncListener {
    private static final Logger LOG = Logger.getLogger(EventStream.class.getName());

    private final EventHub hub;
    private final UUID sessionId;
    private StreamOutlet outlet;
    private EventCursor cursor;

    EventStream(EventHub hub, UUID sessionId) {
        this.hub = hub;
        this.sessionId = sessionId;
    }

    /** @throws ProblemException TOO_MANY */
    StreamOutlet subscribe(ServletOutputStream out, Caller caller, long after) {
        outlet = new StreamOutlet(out);
        cursor = hub.subscribe(outlet, caller, Optional.of(after));
        return outlet;
    }

    @Override
    public void onWritePossible() {
        if (outlet.open()) {
            // a comment first: the client sees that it is connected
            cursor.ping();
        }
        cursor.wake();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.log(Level.FINE, "an event stream broke", failure);
        outlet.close(Outlet.Ending.BROKEN);
        hub.unsubscribe(sessionId, cursor);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        outlet.over();
        hub.unsubscribe(sessionId, cursor);
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        outlet.close(Outlet.Ending.BROKEN);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // it is started once
    }
}
