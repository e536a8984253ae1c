package dev.cockpitcoder.terminal;

/** Why a terminal ended. The order is that of the log's header: add at the end only. */
enum Ending {
    /** Its program ended by itself. */
    PROGRAM,
    /** Somebody closed it, or its session. */
    CLOSED,
    /** The server stopped, or was killed. */
    SERVER_STOPPED,
    PROCESS_LIMIT,
    LIFETIME_LIMIT,
    OUTPUT_LIMIT,
    /** Nobody used it, see {@link Culling}. */
    IDLE
}
