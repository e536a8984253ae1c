package dev.cockpitcoder.terminal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a terminal without its processes. It stands in the header of the log, so that a terminal can be listed after
 * the server was killed.
 *
 * @param endedAt null while it runs; {@code exitCode}: also null when nobody was there to see it
 * @param ending null while it runs
 */
record TerminalRecord(
        UUID sessionId,
        boolean isDefault,
        TerminalSize size,
        Instant createdAt,
        Instant endedAt,
        Integer exitCode,
        Ending ending) {
    private static final int SESSION_AT = 0;
    private static final int DEFAULT_AT = 16;
    private static final int SIZE_AT = 24;
    private static final int CREATED_AT = 32;
    private static final int EXIT_AT = 40;
    private static final int ENDED_AT = 48;
    private static final int ENDING_AT = 56;
    private static final int LENGTH = 64;
    private static final long NOT_YET = 0;
    private static final long UNKNOWN = Long.MIN_VALUE;

    static TerminalRecord started(UUID sessionId, boolean isDefault, TerminalSize size) {
        return new TerminalRecord(
                sessionId, isDefault, size, Instant.ofEpochMilli(System.currentTimeMillis()), null, null, null);
    }

    TerminalRecord resized(TerminalSize newSize) {
        return new TerminalRecord(sessionId, isDefault, newSize, createdAt, endedAt, exitCode, ending);
    }

    /** Ended just now, with this code. */
    TerminalRecord ended(Integer code, Ending why) {
        return new TerminalRecord(
                sessionId, isDefault, size, createdAt, Instant.ofEpochMilli(System.currentTimeMillis()), code, why);
    }

    /** Puts it at the position of the buffer, as native longs: a write of one is never torn. */
    void write(ByteBuffer to) {
        ByteBuffer at = to.slice(to.position(), LENGTH).order(to.order());
        at.putLong(SESSION_AT, sessionId.getMostSignificantBits());
        at.putLong(SESSION_AT + Long.BYTES, sessionId.getLeastSignificantBits());
        at.putLong(DEFAULT_AT, isDefault ? 1 : 0);
        at.putLong(SIZE_AT, (long) size.cols() << Integer.SIZE | size.rows());
        at.putLong(CREATED_AT, createdAt.toEpochMilli());
        at.putLong(EXIT_AT, exitCode == null ? UNKNOWN : exitCode);
        at.putLong(ENDING_AT, ending == null ? 0 : ending.ordinal());
        at.putLong(ENDED_AT, endedAt == null ? NOT_YET : endedAt.toEpochMilli());
    }

    /** @throws IOException when no record was written there */
    static TerminalRecord read(ByteBuffer from) throws IOException {
        ByteBuffer at = from.slice(from.position(), LENGTH).order(from.order());
        int cols = (int) (at.getLong(SIZE_AT) >>> Integer.SIZE);
        int rows = (int) at.getLong(SIZE_AT);
        if (!TerminalSize.valid(cols) || !TerminalSize.valid(rows)) {
            throw new IOException("there is no terminal in the header");
        }
        long ended = at.getLong(ENDED_AT);
        long exit = at.getLong(EXIT_AT);
        return new TerminalRecord(
                new UUID(at.getLong(SESSION_AT), at.getLong(SESSION_AT + Long.BYTES)),
                at.getLong(DEFAULT_AT) == 1,
                new TerminalSize(cols, rows),
                Instant.ofEpochMilli(at.getLong(CREATED_AT)),
                ended == NOT_YET ? null : Instant.ofEpochMilli(ended),
                exit == UNKNOWN ? null : Integer.valueOf((int) exit),
                ended == NOT_YET ? null : ending(at.getLong(ENDING_AT)));
    }

    private static Ending ending(long ordinal) {
        Ending[] all = Ending.values();
        return ordinal >= 0 && ordinal < all.length ? all[(int) ordinal] : Ending.PROGRAM;
    }
}
