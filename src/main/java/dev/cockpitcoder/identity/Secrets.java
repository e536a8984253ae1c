package dev.cockpitcoder.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random values nobody can guess, and the form they are kept in. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Crockford's base 32: no letter is taken for a digit. */
    private static final char[] BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private Secrets() {}

    /** 32 random bytes as unpadded base64url (RFC 4648, section 5). */
    static String ticket() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** 80 random bits that a person can type: {@code XXXX-XXXX-XXXX-XXXX}. */
    static String pairingCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            code.append(i > 0 && i % 4 == 0 ? "-" : "").append(BASE_32[RANDOM.nextInt(BASE_32.length)]);
        }
        return code.toString();
    }

    /** What is kept instead of the secret: its SHA-256 in hexadecimal. */
    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
