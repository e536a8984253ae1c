package dev.cockpitcoder.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What is left of a tree that a server before this one has started: that one died, and the tree did not notice. {@link ProcessTree} knows
 * nothing that is older than this server.
 *
 * @param mark see {@link Launch#marked}
 */
public record LeftTree(String mark) {
    private static final Duration FORCED = Duration.ofSeconds(3);
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * Kills it. Blocks for three seconds at most.
     *
     * @return whether none is left that has the mark
     */
    public boolean kill() {
        long deadline = System.nanoTime() + FORCED.toNanos();
        for (List<ProcEntry> left; !(left = members()).isEmpty(); ) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            left.forEach(entry -> ProcessHandle.of(entry.pid()).ifPresent(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    private List<ProcEntry> members() {
        try {
            return ProcEntry.living().stream()
                    .filter(entry ->
                            entry.startedWith(Launch.MARK).filter(mark::equals).isPresent())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("/proc cannot be read", e);
        }
    }
}
