package dev.cockpitcoder.terminal;

import java.time.Duration;

/** Amounts as people say them. */
final class Amount {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int KIBI_BITS = 10;
    private static final long KIBI = 1 << KIBI_BITS;

    private Amount() {}

    static String of(Duration time) {
        long seconds = time.toSeconds();
        if (seconds % Duration.ofHours(1).toSeconds() == 0) {
            return time.toHours() + " h";
        }
        return seconds % Duration.ofMinutes(1).toSeconds() == 0 ? time.toMinutes() + " min" : seconds + " s";
    }

    static String of(long bytes) {
        int unit = 0;
        long amount = bytes;
        while (amount >= KIBI && amount % KIBI == 0) {
            amount >>= KIBI_BITS;
            unit++;
        }
        return amount + " " + UNITS[unit];
    }
}
