package dev.cockpitcoder.agent;

import java.time.Duration;

/**
 * @param wall how long a run may take
 * @param idle how long it may write nothing
 * @param outputBytes how much it may write
 * @param files how many files and directories it may add to its copy and its home
 * @param diskBytes how much it may add to them
 * @param tmpBytes how much its {@code /tmp} holds: no reason to end it
 */
public record AgentLimits(Duration wall, Duration idle, int outputBytes, long files, long diskBytes, long tmpBytes) {
    /** Without a limit on files. */
    public AgentLimits(Duration wall, Duration idle, int outputBytes) {
        this(wall, idle, outputBytes, Long.MAX_VALUE, Long.MAX_VALUE, 1L << 30);
    }
}
