package dev.cockpitcoder.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.cockpitcoder.server.DataDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class TokenVerifierTest {
    private static final IdentityConfig CONFIG = new IdentityConfig(
            Optional.empty(), Set.of(), Duration.ofDays(30), Duration.ofDays(30), true, Duration.ofDays(30));

    @TempDir
    Path home;

    private SigningKeys keys;
    private TokenIssuer issuer;
    private TokenVerifier verifier;
    private final StoredNowhere stored = new StoredNowhere();
    private final Revocations revocations = new Revocations(stored);

    /** Revocations without their table. */
    private static final class StoredNowhere extends RevocationService {
        @Override
        public void save(Revocation revocation) {
            assertThat(revocation.id()).isNotBlank();
        }
    }

    @BeforeEach
    void open() {
        keys = new SigningKeys(new KeyFile(new DataDirectory(home), Optional.empty()), CONFIG);
        issuer = new TokenIssuer(keys, CONFIG);
        verifier = new TokenVerifier(keys, revocations, CONFIG);
    }

    @Test
    void anOperatorsTokenSpeaksForTheOperator() {
        Caller caller = verifier.verify(issuer.operator("me").token()).orElseThrow();

        assertThat(caller.subject()).isEqualTo("me");
        assertThat(caller.role()).isEqualTo(Role.OPERATOR);
        assertThat(caller.sessionId()).isNull();
        assertThat(caller.expiresAt()).isAfter(Instant.now().plus(Duration.ofDays(29)));
    }

    @Test
    void aSessionsTokenSpeaksForItsSessionAndEndsWithIt() {
        UUID session = UUID.randomUUID();
        Instant end = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);

        Caller caller =
                verifier.verify(issuer.session("me", session, end).token()).orElseThrow();

        assertThat(caller.role()).isEqualTo(Role.SESSION);
        assertThat(caller.sessionId()).isEqualTo(session);
        assertThat(caller.expiresAt()).isEqualTo(end);
    }

    @Test
    void aRevokedTokenOrSessionIsRefused() {
        String token = issuer.operator("me").token();
        revocations.revokeToken(verifier.verify(token).orElseThrow());
        UUID session = UUID.randomUUID();
        String inSession =
                issuer.session("me", session, Instant.now().plusSeconds(60)).token();
        revocations.revokeSession(session, Instant.now().plusSeconds(60));

        assertThat(verifier.verify(token)).isEmpty();
        assertThat(verifier.verify(inSession)).isEmpty();
        assertThat(verifier.verify(issuer.operator("me").token())).isPresent();
    }

    @Test
    void aTokenThatWasGoodIsJudgedAgainEachTime() {
        String token = issuer.operator("me").token();
        assertThat(verifier.verify(token)).isPresent();
        assertThat(verifier.verify(token)).isPresent();

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'g' : 'A';
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(verifier.verify(altered)).as("altered at %d", i).isEmpty();
        }
        TokenVerifier withOtherKeys = new TokenVerifier(
                new SigningKeys(new KeyFile(new DataDirectory(home.resolve("other")), Optional.empty()), CONFIG),
                revocations,
                CONFIG);
        assertThat(withOtherKeys.verify(token)).isEmpty();
        revocations.revokeToken(verifier.verify(token).orElseThrow());
        assertThat(verifier.verify(token)).isEmpty();
    }

    @Test
    void whatWeWouldSignOurselvesIsAccepted() throws JOSEException {
        assertThat(verifier.verify(signed(claims -> {}))).isPresent();
    }

    @Test
    void claimsThatAreMissingWrongOrOutOfTimeAreRefused() throws JOSEException {
        long now = Instant.now().getEpochSecond();
        for (String claim : List.of("iss", "aud", "sub", "jti", "iat", "nbf", "exp", "groups", "token_use", "sid")) {
            assertThat(verifier.verify(signed(claims -> claims.remove(claim))))
                    .as("without %s", claim)
                    .isEmpty();
        }
        Map<String, List<Object>> wrong = Map.of(
                "iss", List.of("somebody", 5),
                "aud", List.of("somebody", List.of(), 5),
                "iat", List.of(now + 3600, "now", 1.5),
                "nbf", List.of(now + 3600, "now"),
                "exp", List.of(now - 1, now + 90 * 86_400, "tomorrow", now + 0.5),
                "groups", List.of(List.of("operator"), List.of("session", "operator"), List.of(), "session"),
                "token_use", List.of("operator", "viewer", 5),
                "sid", List.of("x", 5));
        for (Map.Entry<String, List<Object>> claim : wrong.entrySet()) {
            for (Object value : claim.getValue()) {
                assertThat(verifier.verify(signed(claims -> claims.put(claim.getKey(), value))))
                        .as("%s = %s", claim.getKey(), value)
                        .isEmpty();
            }
        }
    }

    @Test
    void aClaimThatIsThereTwiceIsRefused() throws JOSEException {
        String json = payload(claims -> {});
        String doubled = json.substring(0, json.length() - 1) + ",\"sub\":\"root\"}";

        assertThat(verifier.verify(
                        sign(header(), doubled, new ECDSASigner(keys.ring().active()))))
                .isEmpty();
    }

    @Test
    void otherAlgorithmsKeysAndHeadersAreRefused() throws JOSEException {
        String payload = payload(claims -> {});
        ECKey own = keys.ring().active();
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID(own.getKeyID()).generate();
        JWSSigner signer = new ECDSASigner(own);

        assertThat(verifier.verify(sign(header(), payload, new ECDSASigner(foreign))))
                .isEmpty();
        assertThat(verifier.verify(
                        sign(new JWSHeader.Builder(header()).keyID("unknown").build(), payload, signer)))
                .isEmpty();
        assertThat(verifier.verify(sign(
                        new JWSHeader.Builder(header())
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        payload,
                        signer)))
                .isEmpty();
        assertThat(verifier.verify(sign(
                        new JWSHeader.Builder(header())
                                .keyID(foreign.getKeyID())
                                .jwk(foreign.toPublicJWK())
                                .build(),
                        payload,
                        new ECDSASigner(foreign))))
                .isEmpty();
        assertThat(verifier.verify(sign(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(JOSEObjectType.JWT)
                                .keyID(own.getKeyID())
                                .build(),
                        payload,
                        new MACSigner("change_me".repeat(8)))))
                .isEmpty();
        String unsigned = base64("{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"" + own.getKeyID() + "\"}") + "."
                + base64(payload) + ".";
        assertThat(verifier.verify(unsigned)).isEmpty();
    }

    @Test
    void whatIsNoTokenIsRefused() {
        String good = issuer.operator("me").token();
        for (String text :
                new String[] {null, "", ".", "..", "a.b.c", good + "x", good.substring(1), "x".repeat(100_000)}) {
            assertThat(verifier.verify(text)).isEmpty();
        }
    }

    @Test
    void aRetiredKeyVerifiesUntilItsLastTokenIsOver() {
        String token = issuer.session("me", UUID.randomUUID(), Instant.now().plusSeconds(600))
                .token();
        ECKey first = keys.ring().active();

        keys.rotate(Instant.now().plus(Duration.ofDays(31)));

        assertThat(keys.ring().active()).isNotEqualTo(first);
        assertThat(verifier.verify(token)).isPresent();

        keys.rotate(Instant.now().plus(Duration.ofDays(62)));

        assertThat(keys.ring().find(first.getKeyID())).isEmpty();
        assertThat(verifier.verify(token)).isEmpty();
    }

    private String signed(Consumer<Map<String, Object>> change) throws JOSEException {
        return sign(header(), payload(change), new ECDSASigner(keys.ring().active()));
    }

    private JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(keys.ring().active().getKeyID())
                .build();
    }

    private static String payload(Consumer<Map<String, Object>> change) {
        long now = Date.from(Instant.now()).getTime() / 1000;
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                "cockpit-coder",
                "aud",
                "cockpit-coder",
                "sub",
                "me",
                "upn",
                "me",
                "iat",
                now,
                "nbf",
                now,
                "exp",
                now + 60));
        claims.putAll(Map.of(
                "jti",
                "1",
                "groups",
                List.of("session"),
                "token_use",
                "session",
                "sid",
                UUID.randomUUID().toString()));
        change.accept(claims);
        return new Payload(claims).toString();
    }

    private static String sign(JWSHeader header, String payload, JWSSigner signer) throws JOSEException {
        JWSObject jws = new JWSObject(header, new Payload(payload));
        jws.sign(signer);
        return jws.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
