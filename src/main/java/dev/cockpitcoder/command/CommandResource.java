package dev.cockpitcoder.command;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.identity.Role;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The commands of the caller's session. */
@RequestScoped
@Path("cmd")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SESSION_NAME)
@Tag(name = "Commands")
public class CommandResource {
    private static final int ACCEPTED = 202;
    private static final int MAX_LISTED = 200;
    private static final String LISTED = "50";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    /** Beyond every time-out and the ending that follows it. */
    private static final Duration UNTIL_IT_ENDS = Duration.ofDays(2);

    /** @param next for {@code before}, to read on; absent at the end */
    public record CommandsView(List<CommandView> commands, UUID next) {}

    @Inject
    private CommandRegistry registry;

    @Inject
    private CommandService service;

    @Inject
    private Caller caller;

    @POST
    @Operation(
            summary = "Run a listed command in the session's repository",
            description =
                    "Answers when it has ended; a command that ran and failed is a 200 with ok: false. Its output "
                            + "comes as events while it runs. GET /api/commands lists what may be run. "
                            + "With tty it runs on a terminal of the session, in colour, and counts as one of them: attach to terminalId "
                            + "on /ws/pty to watch it. It reads what is typed there, as every terminal does; its output is no event. "
                            + "Closing the terminal cancels the command.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewCommand.class),
                            examples =
                                    @ExampleObject(
                                            name = "the state of the repository",
                                            value = "{\"cmd\":\"git status\",\"cwd\":\"\",\"timeoutMs\":60000}")))
    @APIResponse(
            responseCode = "200",
            description = "It has ended",
            content =
                    @Content(
                            schema = @Schema(implementation = CommandView.class),
                            examples =
                                    @ExampleObject(
                                            name = "it ran and failed",
                                            value =
                                                    "{\"id\":\"0b7c…\",\"commandId\":\"0b7c…\",\"ok\":false,\"code\":1,"
                                                            + "\"output\":\"1 test failed\\n\",\"status\":\"failed\",\"phase\":\"failed\","
                                                            + "\"durationMs\":912,\"truncated\":false,\"timedOut\":false,\"cmd\":\"npm test\","
                                                            + "\"cwd\":\"/home/me/project\",\"stdoutBytes\":14,\"stderrBytes\":0}")))
    @APIResponse(
            responseCode = "202",
            description = "It runs, after Prefer: respond-async; Location is where to look",
            content = @Content(schema = @Schema(implementation = CommandView.class)))
    @APIResponse(responseCode = "403", description = "COMMAND_NOT_ALLOWED, or cwd is outside of the repository")
    @APIResponse(responseCode = "404", description = "cwd is not there")
    @APIResponse(
            responseCode = "422",
            description =
                    "cmd cannot be split, timeoutMs is not 1 or more, or cols or rows is not 1 to 1000 or without tty")
    @APIResponse(responseCode = "429", description = "As many commands, or terminals, run as may; see Retry-After")
    @APIResponse(responseCode = "503", description = "With tty: the server has as many terminals as it may have")
    public Response run(
            NewCommand body,
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Parameter(description = "The same key in the same session is the same command, which runs once")
                    @HeaderParam("Idempotency-Key")
                    String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(ProblemCode.INVALID, "Idempotency-Key has 1 to 200 printable ASCII characters.");
        }
        Preference preference = Preference.of(headers.getRequestHeader("Prefer"));
        UUID id = registry.start(caller, body, key);
        CommandView view = registry.commands()
                .await(caller.requireSession(), id, preference.async() ? preference.patience() : UNTIL_IT_ENDS);
        if (!Phase.RUNNING.status().equals(view.status())) {
            return Response.ok(view).build();
        }
        return Response.status(ACCEPTED)
                .location(UriBuilder.fromUri(uri.getRequestUri())
                        .path(id.toString())
                        .build())
                .header("Preference-Applied", "respond-async")
                .entity(view)
                .build();
    }

    @GET
    @Operation(summary = "List the session's commands, the newest first", description = "Without their output.")
    public CommandsView list(
            @Parameter(description = "1 to 200; 50 when absent") @QueryParam("limit") String limit,
            @Parameter(description = "The id of a command: only older ones") @QueryParam("before") String before) {
        UUID session = caller.requireSession();
        int wanted = limit(limit == null ? LISTED : limit);
        StoredCommand from = before == null ? null : registry.commands().requireStored(session, id(before));
        List<CommandView> page = service.page(session, from, wanted).stream()
                .map(command -> CommandView.of(command, null))
                .toList();
        return new CommandsView(
                page, page.size() < wanted ? null : page.get(wanted - 1).id());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a command", description = "While it runs: its output so far.")
    @APIResponse(responseCode = "404", description = "It is not there, or is another session's")
    public CommandView read(@PathParam("id") String id) {
        return registry.commands().require(caller.requireSession(), id(id));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Cancel a command",
            description = "Ends its whole process tree, within five seconds. One that has ended stays as it is.")
    @APIResponse(responseCode = "404", description = "It is not there, or is another session's")
    public CommandView cancel(@PathParam("id") String id) {
        return registry.commands().cancel(caller.requireSession(), id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such command in this session.", e);
        }
    }

    private static int limit(String text) {
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MAX_LISTED) {
            throw new ProblemException(ProblemCode.INVALID, "limit is 1 to " + MAX_LISTED + ".");
        }
        return Integer.parseInt(text);
    }
}
