package dev.cockpitcoder.terminal;

import java.util.concurrent.atomic.LongAdder;

/** What all terminals of this server have done since it started. */
final class Traffic {
    /** Bytes the programs wrote. */
    final LongAdder output = new LongAdder();
    /** Bytes that were typed into programs. */
    final LongAdder input = new LongAdder();
    /** Bytes sent to viewers that were there before these attached. */
    final LongAdder replayed = new LongAdder();
    /** How often a viewer was sent past bytes. */
    final LongAdder gaps = new LongAdder();
    /** How long programs have waited for viewers. */
    final LongAdder pausedNanos = new LongAdder();
}
