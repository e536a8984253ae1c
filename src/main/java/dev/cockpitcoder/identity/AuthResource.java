package dev.cockpitcoder.identity;

import java.time.Instant;
import java.util.UUID;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.ServerAddresses;

/** Becoming an operator, and tickets for WebSockets. */
@RequestScoped
@Path("auth")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Identity")
public class AuthResource {
    /** @param device what the person calls the device that pairs; for the audit */
    public record NewPairing(
            @Schema(example = "7Q2M-9T3T-VEAT-YCCF") String code,
            @Schema(example = "my phone") String device) {}

    public record TokenView(String token, Instant expiresAt, String subject, String role) {}

    public record MeView(String subject, String role, UUID sessionId, Instant expiresAt) {}

    /** @param endpoint {@code pty} or {@code events} */
    public record NewTicket(@Schema(example = "pty") String endpoint) {}

    public record Done(boolean ok) {}

    // one person runs this server, and every device that pairs is that person's
    private static final String OPERATOR = System.getProperty("user.name");

    @Inject
    private PairingCodes pairingCodes;

    @Inject
    private ServerAddresses addresses;

    @Inject
    private TokenIssuer issuer;

    @Inject
    private Tickets tickets;

    @Inject
    private Revocations revocations;

    @Inject
    private Audit audit;

    @Inject
    private Caller caller;

    @Inject
    private HttpServletRequest request;

    @POST
    @Path("pair")
    @PermitAll
    @SecurityRequirements
    @Operation(summary = "Become an operator with a one-time pairing code")
    @APIResponse(responseCode = "200", description = "The operator's token")
    @APIResponse(responseCode = "401", description = "The code is wrong, used or expired")
    @APIResponse(responseCode = "429", description = "Too many wrong codes; see Retry-After")
    public TokenView pair(NewPairing body) {
        if (body.code() == null || body.code().length() > 100) {
            throw new ProblemException(
                    ProblemCode.INVALID, "Send the pairing code as {\"code\":\"XXXX-XXXX-XXXX-XXXX\"}.");
        }
        try {
            pairingCodes.redeem(body.code(), request.getRemoteAddr());
        } catch (ProblemException e) {
            audit.refused(request, "-", "pairing: " + e.code());
            throw e;
        }
        audit.done(OPERATOR, "paired", body.device() == null ? "-" : body.device());
        TokenIssuer.IssuedToken token = issuer.operator(OPERATOR);
        return new TokenView(token.token(), token.expiresAt(), OPERATOR, Role.OPERATOR_NAME);
    }

    @POST
    @Path("pairing-codes")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(summary = "Make a one-time code that pairs another device", description = "It is good for ten minutes.")
    public PairingCodeView createPairingCode() {
        audit.done(caller.subject(), "made a pairing code", caller.tokenId());
        return pairingCodes.create(addresses.sharedBase(request));
    }

    @GET
    @Path("me")
    @RolesAllowed({Role.OPERATOR_NAME, Role.SESSION_NAME})
    @Operation(summary = "Who the token speaks for, and until when")
    public MeView me() {
        return new MeView(caller.subject(), caller.role().group(), caller.sessionId(), caller.expiresAt());
    }

    @POST
    @Path("tickets")
    @RolesAllowed(Role.SESSION_NAME)
    @Operation(
            summary = "Make a ticket for one WebSocket handshake",
            description =
                    "For browsers, which cannot send a header there. It is good for 30 seconds and one connection.")
    public TicketView createTicket(NewTicket body) {
        SocketPath path = SocketPath.named(String.valueOf(body.endpoint()))
                .orElseThrow(() -> new ProblemException(ProblemCode.INVALID, "endpoint must be pty or events."));
        return tickets.create(caller, path);
    }

    @POST
    @Path("logout")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Role.OPERATOR_NAME, Role.SESSION_NAME})
    @Operation(summary = "Refuse this token from now on")
    public Done logout() {
        revocations.revokeToken(caller);
        audit.done(caller.subject(), "signed out", caller.tokenId());
        return new Done(true);
    }
}
