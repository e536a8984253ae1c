package dev.cockpitcoder.terminal;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.identity.Role;
import dev.cockpitcoder.problem.Problem;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The terminals of the caller's session. */
@RequestScoped
@Path("terminals")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SESSION_NAME)
@Tag(name = "Terminals")
public class TerminalsResource {
    public record TerminalsView(List<TerminalView> terminals) {}

    public record Done(boolean ok) {}

    @Inject
    private TerminalRegistry registry;

    @Inject
    private Caller caller;

    @GET
    @Operation(
            summary = "List the session's terminals, the oldest first",
            description =
                    "Those of commands that run with tty are among them. Ended ones stay for a while, with their exit code and output.")
    public TerminalsView list() {
        return new TerminalsView(registry.terminals().of(caller.requireSession()).stream()
                .map(TerminalView::of)
                .toList());
    }

    @POST
    @Operation(summary = "Start a terminal", description = "Attach to it over /ws/pty with cockpit.pty.v1.")
    @APIResponse(
            responseCode = "201",
            description = "It runs",
            content = @Content(schema = @Schema(implementation = TerminalView.class)))
    @APIResponse(responseCode = "422", description = "cols or rows is not 1 to 1000, or drain is not one of its values")
    @APIResponse(responseCode = "429", description = "The session has as many terminals as it may have")
    @APIResponse(responseCode = "503", description = "The server has as many terminals as it may have")
    public Response start(NewTerminal body, @Context UriInfo uri) {
        Terminal terminal = registry.terminals().start(caller.requireSession(), size(body), drain(body));
        return Response.created(UriBuilder.fromUri(uri.getRequestUri())
                        .path(terminal.id().toString())
                        .build())
                .entity(TerminalView.of(terminal))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a terminal")
    @APIResponse(responseCode = "404", description = "It is not there, or is another session's")
    public TerminalView read(@PathParam("id") String id) {
        return TerminalView.of(find(id));
    }

    @GET
    @Path("{id}/output")
    @Produces({MediaType.APPLICATION_OCTET_STREAM, Problem.MEDIA_TYPE})
    @Operation(
            summary = "Read a part of a terminal's output",
            description =
                    "The bytes as the program wrote them, also of a terminal that has ended. To read on, ask from Output-To.")
    @APIResponse(
            responseCode = "206",
            description =
                    "The bytes. Where from is no longer kept they start later: at Output-From, which is then Output-Oldest",
            headers = {
                @Header(name = "Content-Range", description = "bytes first-last/head"),
                @Header(name = "Output-From", description = "The offset of the first byte"),
                @Header(name = "Output-To", description = "The offset after the last byte"),
                @Header(name = "Output-Oldest", description = "The offset of the first byte that is still kept"),
                @Header(name = "Output-Head", description = "The offset the next byte of output will have")
            },
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "204",
            description = "There is no output from there on yet; the Output headers are there")
    @APIResponse(responseCode = "404", description = "It is not there, or is another session's")
    @APIResponse(
            responseCode = "416",
            description = "The output ends before from; the problem has oldest and head, and Content-Range the head")
    @APIResponse(responseCode = "422", description = "from or limit is no such number")
    public Response output(
            @PathParam("id") String id,
            @Parameter(description = "The offset to start at; absent: the oldest byte that is kept") @QueryParam("from")
                    String from,
            @Parameter(description = "How many bytes at most, 1 or more; absent, or more than that: 1 MiB")
                    @QueryParam("limit")
                    String limit) {
        return OutputRange.answer(find(id).log(), from, limit);
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "End a terminal",
            description =
                    "Ends its whole process tree, within five seconds, and forgets its output. A command that runs on it is cancelled.")
    @APIResponse(responseCode = "404", description = "It is not there, or is another session's")
    public Done end(@PathParam("id") String id) {
        registry.terminals().end(find(id));
        return new Done(true);
    }

    private Terminal find(String id) {
        return Terminals.parseId(id)
                .map(known -> registry.terminals().require(caller.requireSession(), known))
                .orElseThrow(() -> ProblemException.notFound("There is no such terminal in this session."));
    }

    private static Drain drain(NewTerminal wanted) {
        return wanted == null || wanted.drain() == null
                ? Drain.LATEST
                : Drain.of(wanted.drain())
                        .orElseThrow(
                                () -> new ProblemException(ProblemCode.INVALID, "drain must be latest or lossless."));
    }

    private static TerminalSize size(NewTerminal wanted) {
        return wanted == null ? TerminalSize.DEFAULT : TerminalSize.wanted(wanted.cols(), wanted.rows());
    }
}
