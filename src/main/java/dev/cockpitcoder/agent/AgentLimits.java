package dev.cockpitcoder.agent;

import java.time.Duration;

/**
 * @param wall how long a run may take
 * @param idle how long it may write nothing
 * @param outputBytes how much it may write
 */
public record AgentLimits(Duration wall, Duration idle, int outputBytes) {}
