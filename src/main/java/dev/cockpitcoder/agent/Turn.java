package dev.cockpitcoder.agent;

import java.nio.file.Path;

/**
 * What an agent is asked, and where it works.
 *
 * @param context free JSON of the client's; null for none
 * @param files the working copy; it may write there
 * @param home its own HOME; it may write there
 * @param repository the user's, whose objects it may read
 */
public record Turn(String instruction, String context, Path files, Path home, Path repository) {}
