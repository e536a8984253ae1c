package dev.cockpitcoder.identity;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

/** Tells MicroProfile JWT which of our tokens to accept: the public keys are made at run time, so they are configured here. */
public class JwtConfigSource implements ConfigSource {
    private static final String KEYS = "mp.jwt.verify.publickey";
    private static final Map<String, String> FIXED = Map.of(
            "mp.jwt.verify.publickey.algorithm", "ES256",
            "mp.jwt.verify.issuer", TokenIssuer.ISSUER,
            "mp.jwt.verify.audiences", TokenIssuer.AUDIENCE);

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(KEYS, "mp.jwt.verify.publickey.algorithm", "mp.jwt.verify.issuer", "mp.jwt.verify.audiences");
    }

    @Override
    public String getValue(String name) {
        return name.equals(KEYS) ? SigningKeys.shared().ring().publicJwks() : FIXED.get(name);
    }

    @Override
    public Map<String, String> getProperties() {
        return FIXED;
    }

    /** Above every other source: nothing from outside may name another issuer. */
    @Override
    public int getOrdinal() {
        return 1000;
    }

    @Override
    public String getName() {
        return "signing keys";
    }
}
