package dev.cockpitcoder.agent;

import java.time.Duration;

/**
 * @param wall how long a run may take
 * @param idle how long it may write nothing
 * @param outputBytes how much it may write
 * @param files how many files and directories it may add to its copy and its home
 * @param diskBytes how much it may add to them
 */
public record AgentLimits(Duration wall, Duration idle, int outputBytes, long files, long diskBytes) {
    /** Without a limit on files. */
    public AgentLimits(Duration wall, Duration idle, int outputBytes) {
        this(wall, idle, outputBytes, Long.MAX_VALUE, Long.MAX_VALUE);
    }
}
