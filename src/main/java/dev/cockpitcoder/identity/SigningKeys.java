package dev.cockpitcoder.identity;

import java.time.Instant;

import org.eclipse.microprofile.config.ConfigProvider;

import dev.cockpitcoder.server.Ahead;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.ServerConfig;
import dev.cockpitcoder.server.Settings;
import dev.cockpitcoder.server.StartCheck;

/**
 * The key ring in use. One for the application and outside CDI, because MicroProfile Config asks for the public half
 * ({@link JwtConfigSource}) before and after there is a CDI container.
 */
final class SigningKeys {
    private static final Ahead<SigningKeys> SHARED =
            new Ahead<>("signing-keys", () -> StartCheck.explained(SigningKeys::configured));

    private final KeyFile file;
    private final IdentityConfig config;
    private volatile KeyRing ring;

    SigningKeys(KeyFile file, IdentityConfig config) {
        this.file = file;
        this.config = config;
        this.ring = file.load();
        rotate(Instant.now());
    }

    static void prepare() {
        SHARED.begin();
    }

    static SigningKeys shared() {
        return SHARED.get();
    }

    private static SigningKeys configured() {
        Settings settings = new Settings(ConfigProvider.getConfig());
        IdentityConfig config = IdentityConfig.read(settings);
        DataDirectory data =
                new DataDirectory(ServerConfig.read(settings.config()).home());
        return new SigningKeys(new KeyFile(data, config.jwtSecret()), config);
    }

    KeyRing ring() {
        return ring;
    }

    /** Moves the ring on when its time has come; stored before it is used. */
    synchronized void rotate(Instant now) {
        KeyRing next = ring.at(now, config.keyLifetime(), config.longestLifetime());
        if (next != ring) {
            file.save(next);
            ring = next;
        }
    }
}
