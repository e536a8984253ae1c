package dev.cockpitcoder.agent;

import java.util.Locale;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.cockpitcoder.process.Isolation;

/** An agent a task can name. */
public record AgentView(
        String name,
        String title,

        @Schema(description = "Whether its program is there")
        boolean available,

        @Schema(description = "Whether a task that names no agent gets this one")
        boolean preferred,

        @Schema(
                description = "What confines it; with none it has the rights of the server's user",
                enumeration = {"bubblewrap", "none"})
        String sandbox,

        @Schema(description = "Whether the instruction must be a command of GET /api/commands")
        boolean listedCommand,

        @Schema(description = "Why it is not available, for people; absent when it is")
        String reason) {
    static AgentView of(AgentProfile profile, boolean preferred) {
        return new AgentView(
                profile.name(),
                profile.title(),
                profile.available(),
                preferred,
                profile.sandbox().orElse(Isolation.BUBBLEWRAP).name().toLowerCase(Locale.ROOT),
                profile.runsListedCommands(),
                profile.whyNot().orElse(null));
    }
}
