package dev.cockpitcoder.identity;

import java.io.StringReader;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.jwk.ECKey;

import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.InvalidSetting;

/**
 * The key ring on disk: {@code keys.jwe} in the data directory, encrypted under {@code JWT_SECRET} (JWE with PBES2, RFC 7518
 * section 4.8) or, when none is configured, under a random secret kept beside it in {@code jwt-secret}.
 */
final class KeyFile {
    private static final Logger LOG = Logger.getLogger(KeyFile.class.getName());
    private static final String KEYS = "keys.jwe";
    private static final String SECRET = "jwt-secret";
    private static final int SALT_BYTES = 16;
    /** Ten times RFC 7518's minimum. The secret has 32 bytes or more; stretching it further would only slow every start. */
    private static final int ITERATIONS = 10_000;

    private final DataDirectory data;
    private final String secret;
    private final Optional<String> storedSecret;

    KeyFile(DataDirectory data, Optional<String> configuredSecret) {
        this.data = data;
        this.storedSecret = data.read(SECRET);
        this.secret = configuredSecret.or(() -> storedSecret).orElseGet(this::makeSecret);
    }

    /**
     * The stored ring; a new one, stored, when there is none.
     *
     * @throws InvalidSetting when the file does not open with the secret
     */
    KeyRing load() {
        Optional<String> stored = data.read(KEYS);
        if (stored.isEmpty()) {
            KeyRing ring = KeyRing.create(Instant.now());
            save(ring);
            return ring;
        }
        Optional<KeyRing> ring = open(stored.get(), secret);
        if (ring.isEmpty() && storedSecret.isPresent()) {
            // JWT_SECRET is configured for the first time: keep everybody signed in
            ring = open(stored.get(), storedSecret.get());
            ring.ifPresent(this::save);
        }
        return ring.orElseThrow(() -> new InvalidSetting(
                "JWT_SECRET",
                "does not open the signing keys in the data directory; set the former one,"
                        + " or remove keys.jwe there, which signs everybody out"));
    }

    void save(KeyRing ring) {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        for (KeyRing.Slot slot : ring.slots()) {
            keys.add(Json.createObjectBuilder()
                    .add("state", slot.state().name())
                    .add("since", slot.since().toString())
                    .add("jwk", slot.key().toJSONString()));
        }
        try {
            JWEObject jwe = new JWEObject(
                    new JWEHeader(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM),
                    new Payload(
                            Json.createObjectBuilder().add("keys", keys).build().toString()));
            jwe.encrypt(new PasswordBasedEncrypter(secret, SALT_BYTES, ITERATIONS));
            data.write(KEYS, jwe.serialize());
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing keys cannot be encrypted", e);
        }
    }

    private static Optional<KeyRing> open(String compact, String secret) {
        try {
            JWEObject jwe = JWEObject.parse(compact.strip());
            jwe.decrypt(new PasswordBasedDecrypter(secret));
            try (var reader =
                    Json.createReader(new StringReader(jwe.getPayload().toString()))) {
                List<KeyRing.Slot> slots = reader.readObject().getJsonArray("keys").stream()
                        .map(value -> slot(value.asJsonObject()))
                        .toList();
                return Optional.of(new KeyRing(slots));
            }
        } catch (ParseException | JOSEException e) {
            LOG.fine(() -> "the signing keys do not open: " + e);
            return Optional.empty();
        }
    }

    private static KeyRing.Slot slot(JsonObject json) {
        try {
            return new KeyRing.Slot(
                    KeyRing.State.valueOf(json.getString("state")),
                    Instant.parse(json.getString("since")),
                    ECKey.parse(json.getString("jwk")));
        } catch (ParseException e) {
            throw new IllegalStateException("a stored signing key cannot be read", e);
        }
    }

    private String makeSecret() {
        String made = Secrets.ticket() + Secrets.ticket();
        data.write(SECRET, made);
        LOG.info("JWT_SECRET is not configured: a random one was made and is kept in the data directory.");
        return made;
    }
}
