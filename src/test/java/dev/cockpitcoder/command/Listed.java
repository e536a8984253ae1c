package dev.cockpitcoder.command;

import java.time.Duration;

import dev.cockpitcoder.process.Isolation;

/** The list of commands, for tests of other rooms. */
public final class Listed {
    private Listed() {}

    /** @param list as {@code CMD_ALLOWLIST} has it */
    public static ListedCommands commands(String list) {
        return new ListedCommands(new CommandConfig(
                Allowlist.parse(list),
                Isolation.NONE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                1 << 20,
                4,
                16,
                Duration.ofDays(1)));
    }
}
