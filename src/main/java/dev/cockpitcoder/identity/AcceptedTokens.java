package dev.cockpitcoder.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;

import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Whom the container and the {@link ApiGate} both accepted, by their token: asked before the container's own store of
 * MicroProfile JWT, which computes the signature of a token with every request, and that is half of what a small one takes
 * (ADR 21). What can change while a token lives, its revocation and its key, the gate judges each time all the same.
 */
@ApplicationScoped
public class AcceptedTokens implements IdentityStore {
    private static final int REMEMBERED = 1024;

    private final Map<String, JsonWebToken> callerByToken = Remembered.atMost(REMEMBERED);

    @Inject
    private HttpServletRequest request;

    /** Less than 100, the default, which the container's store has: asked first. */
    @Override
    public int priority() {
        return 1;
    }

    /** @return that the next store is to judge, for all that is not remembered or has ended */
    @Override
    public CredentialValidationResult validate(Credential credential) {
        return Bearer.token(request)
                .map(callerByToken::get)
                .filter(caller -> Instant.now().getEpochSecond() < caller.getExpirationTime())
                .map(caller -> new CredentialValidationResult((CallerPrincipal) caller, caller.getGroups()))
                .orElse(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }

    /** @param principal whom the container found the request to be from; none but a token's is remembered */
    void remember(Principal principal) {
        if (principal instanceof CallerPrincipal && principal instanceof JsonWebToken caller) {
            callerByToken.put(caller.getRawToken(), caller);
        }
    }
}
