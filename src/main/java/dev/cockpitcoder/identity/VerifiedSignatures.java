package dev.cockpitcoder.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

import com.nimbusds.jose.jwk.ECKey;

/**
 * The signatures that were good, so that they need not be computed again: that takes a millisecond of every request. Only the
 * signature is remembered; what a token says is judged each time. It holds digests and no tokens. Any thread may use it.
 */
final class VerifiedSignatures {
    private static final int REMEMBERED = 4096;

    private final Map<ByteBuffer, ECKey> keyByDigest = Remembered.atMost(REMEMBERED);

    /** Whether this very text was added under this key. */
    boolean contains(String compact, ECKey key) {
        return key.equals(keyByDigest.get(digest(compact)));
    }

    void add(String compact, ECKey key) {
        keyByDigest.put(digest(compact), key);
    }

    private static ByteBuffer digest(String compact) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
