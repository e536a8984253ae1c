package dev.cockpitcoder.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.DataDirectory;
import dev.cockpitcoder.server.ServerAddresses;

/**
 * One-time codes that make whoever knows one an operator. One is always in the data directory, for who can read the files of
 * the server's user; operators make further ones, which expire.
 */
@ApplicationScoped
class PairingCodes {
    private static final String CODE_FILE = "pairing-code";
    private static final String CARD_FILE = "pairing-card";
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int MAX_OPEN = 100;

    private final Map<String, Instant> expiryByHash = new ConcurrentHashMap<>();
    private String hashInFile;

    private DataDirectory data;
    private ServerAddresses addresses;
    private GuessLimit guesses;

    PairingCodes() {}

    @Inject
    PairingCodes(DataDirectory data, ServerAddresses addresses) {
        this.data = data;
        this.addresses = addresses;
        this.guesses = new GuessLimit();
    }

    /** Puts a fresh code into the data directory, with the card that {@code run.sh} prints. The former one ends. */
    synchronized void refreshFile() {
        String code = Secrets.pairingCode();
        String base = addresses.printedBase();
        hashInFile = Secrets.hash(code);
        data.write(CARD_FILE, PairingCard.text(base, link(base, code)));
        data.write(CODE_FILE, code + "\n");
    }

    /** @param base the server's address as the other device of the operator will see it */
    PairingCodeView create(String base) {
        Instant now = Instant.now();
        expiryByHash.values().removeIf(now::isAfter);
        if (expiryByHash.size() >= MAX_OPEN) {
            throw ProblemException.tooMany("Too many pairing codes are open. Use one, or wait until they expire.", 60);
        }
        String code = Secrets.pairingCode();
        expiryByHash.put(Secrets.hash(code), now.plus(LIFETIME));
        return new PairingCodeView(code, link(base, code), now.plus(LIFETIME));
    }

    /**
     * Takes a code; it is gone afterwards.
     *
     * @param remoteAddress whose wrong guesses slow it down
     * @throws ProblemException UNAUTHENTICATED for a wrong, used or expired code; TOO_MANY after several wrong ones
     */
    void redeem(String code, String remoteAddress) {
        Instant now = Instant.now();
        guesses.check(remoteAddress, now);
        if (!take(Secrets.hash(normal(code)), now)) {
            guesses.failed(remoteAddress, now);
            throw new ProblemException(
                    ProblemCode.UNAUTHENTICATED,
                    "This pairing code is wrong, used or expired. The current one is in pairing-code in the data directory.");
        }
        guesses.succeeded(remoteAddress);
    }

    private synchronized boolean take(String hash, Instant now) {
        // both are hashes: how long their comparison takes says nothing about the code
        if (MessageDigest.isEqual(bytes(hash), bytes(hashInFile))) {
            refreshFile();
            return true;
        }
        Instant expiry = expiryByHash.remove(hash);
        return expiry != null && now.isBefore(expiry);
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }

    private static String link(String base, String code) {
        return base + "/#pair=" + code;
    }

    /** People type small letters, spaces and no dashes; O, I and L are not in the alphabet. */
    private static String normal(String typed) {
        String plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return plain.replaceAll("(.{4})(?=.)", "$1-");
    }
}
