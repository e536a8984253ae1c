package dev.cockpitcoder.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Which session of its own an agent is to go on with. Kept in the agent's own home: what it does to it is between it and itself. */
record LastSession(Path home) {
    private static final Logger LOG = Logger.getLogger(LastSession.class.getName());
    private static final String FILE = ".cockpit-session";
    private static final int MAX_BYTES = 1000;

    Optional<String> read() {
        try {
            return Files.isRegularFile(file(), LinkOption.NOFOLLOW_LINKS) && Files.size(file()) <= MAX_BYTES
                    ? Optional.of(Files.readString(file())).filter(id -> id.matches("[!-~]+"))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.FINE, "What an agent's session is cannot be read", e);
            return Optional.empty();
        }
    }

    /** @return false when a follow-up will not find it */
    boolean remember(String id) {
        try {
            Files.deleteIfExists(file());
            Files.writeString(file(), id, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (IOException e) {
            LOG.log(Level.FINE, "An agent's session cannot be kept", e);
            return false;
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            LOG.log(Level.FINE, "An agent's session cannot be forgotten", e);
        }
    }

    private Path file() {
        return home.resolve(FILE);
    }
}
