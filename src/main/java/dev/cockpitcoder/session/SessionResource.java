package dev.cockpitcoder.session;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.identity.Role;
import dev.cockpitcoder.identity.TokenIssuer;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.server.ServerAddresses;

/** Coding sessions. */
@RequestScoped
@Path("session")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR_NAME, Role.SESSION_NAME})
@Tag(name = "Sessions")
public class SessionResource {
    private static final String SVG = "image/svg+xml";
    private static final String PNG = "image/png";

    public record SessionsView(List<SessionView> sessions) {}

    public record Done(boolean ok) {}

    @Inject
    private Sessions sessions;

    @Inject
    private SessionService service;

    @Inject
    private TokenIssuer issuer;

    @Inject
    private ServerAddresses addresses;

    @Inject
    private Caller caller;

    @Inject
    private HttpServletRequest request;

    @POST
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(summary = "Start a session on a repository")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewSession.class),
                            examples =
                                    @ExampleObject(
                                            name = "a repository",
                                            value =
                                                    "{\"repo\":\"/home/me/project\",\"label\":\"my project\",\"via\":\"direct\"}")))
    @APIResponse(
            responseCode = "201",
            description = "The connection object, which is what the QR code carries",
            content = @Content(schema = @Schema(implementation = ConnectionView.class)))
    @APIResponse(responseCode = "403", description = "The repository is not on REPO_ALLOWLIST")
    public Response create(NewSession body, @Context UriInfo uri) {
        CodingSession session = sessions.start(caller, body);
        return Response.created(UriBuilder.fromUri(uri.getRequestUri())
                        .path(session.id().toString())
                        .build())
                .entity(connection(session))
                .build();
    }

    @GET
    @Operation(summary = "List the operator's live sessions, newest first", description = "A session sees itself.")
    public SessionsView list() {
        return new SessionsView(
                service.list(caller).stream().map(SessionView::of).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a session")
    @APIResponse(responseCode = "404", description = "It is not there, has ended, or is another's")
    public SessionView read(@PathParam("id") String id) {
        return SessionView.of(find(id));
    }

    @POST
    @Path("{id}/extend")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Make a session last its full lifetime from now",
            description = "Answers a new connection object; the former token goes on until its own expiry.")
    public ConnectionView extend(@PathParam("id") String id) {
        return connection(service.extend(caller, uuid(id)));
    }

    @POST
    @Path("{id}/connection")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Make a further connection object for a session, for another device")
    public ConnectionView connect(@PathParam("id") String id) {
        return connection(find(id));
    }

    @GET
    @Path("{id}/qr")
    @Produces({PNG, SVG})
    @Operation(summary = "The connection object as a QR code", description = "PNG, or SVG by Accept or ?format=svg.")
    public Response qr(
            @PathParam("id") String id,
            @QueryParam("format") String format,
            @HeaderParam(HttpHeaders.ACCEPT) String accept) {
        QrCode code = QrCode.of(connection(find(id)).json());
        boolean svg = format == null ? accept != null && accept.contains(SVG) : format.equals("svg");
        return svg
                ? Response.ok(code.svg(), SVG).build()
                : Response.ok(code.png(), PNG).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "End a session",
            description = "Its tokens are refused, its sockets closed and its processes ended.")
    public Done end(@PathParam("id") String id) {
        sessions.end(caller, uuid(id));
        return new Done(true);
    }

    private CodingSession find(String id) {
        return service.require(caller, uuid(id));
    }

    private ConnectionView connection(CodingSession session) {
        TokenIssuer.IssuedToken token = issuer.session(session.owner(), session.id(), session.expiresAt());
        return ConnectionView.of(session, token.token(), addresses.apiBase(request), addresses.wsBase(request));
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("There is no such session, or it has ended.");
        }
    }
}
