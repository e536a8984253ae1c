package dev.cockpitcoder.event;

import java.io.IOException;

/** The client's end of a subscription. One caller at a time, but for {@link #close}. */
interface Outlet {
    /**
     * Whether a frame can be sent now. When not, it wakes the cursor once one can; an outlet whose sending blocks always can.
     *
     * @throws IOException when it is closed
     */
    boolean ready() throws IOException;

    /** Sends an event of the sequence. */
    void event(StoredEvent event) throws IOException;

    /** Sends a frame outside the sequence. */
    void notice(String json) throws IOException;

    /** Keeps an idle connection through proxies, and finds out that it is dead. */
    void keepAlive() throws IOException;

    /** What was sent is on its way; called when the outlet is ready and nothing more is to be sent for now. */
    void flush() throws IOException;

    /** Any thread, any number of times; a blocked send fails. */
    void close(Ending ending);

    /** Why a subscription ends. */
    enum Ending {
        SESSION_ENDED("session ended"),
        TOKEN_EXPIRED("token expired"),
        /** The client is gone, or does not read; it comes back and goes on where it left off. */
        BROKEN("cannot send");

        private final String reason;

        Ending(String reason) {
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
