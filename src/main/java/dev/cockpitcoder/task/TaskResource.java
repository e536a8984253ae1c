package dev.cockpitcoder.task;

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
import dev.cockpitcoder.patch.AppliedView;
import dev.cockpitcoder.patch.NewApply;
import dev.cockpitcoder.patch.PatchesView;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;

/** The tasks of the caller's session. */
@RequestScoped
@Path("tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SESSION_NAME)
@Tag(name = "Tasks")
public class TaskResource {
    private static final int ACCEPTED = 202;
    private static final int MAX_LISTED = 200;
    private static final String LISTED = "50";
    private static final String NOT_THERE = "It is not there, or is another session's";
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    /** @param next for {@code before}, to read on; absent at the end */
    public record TasksView(
            List<TaskView> tasks,
            UUID next,

            @Schema(description = "What all tasks of the session take of the server's disk")
            long diskBytes) {}

    public record MessagesView(List<MessageView> messages) {}

    public record ApprovalsView(List<ApprovalView> approvals) {}

    public record NewAnswer(@Schema(required = true) Boolean confirmed) {}

    public record Removed(boolean ok) {}

    @Inject
    private TaskRegistry registry;

    @Inject
    private TaskService service;

    @Inject
    private Caller caller;

    @POST
    @Operation(
            summary = "Give an agent a task",
            description =
                    "It works in a copy of its own of the branch as it is now; nothing of the repository changes before "
                            + "an apply. What happens comes as events.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewTask.class),
                            examples =
                                    @ExampleObject(
                                            name = "a task",
                                            value =
                                                    "{\"instruction\":\"make the tests faster\",\"branch\":\"main\","
                                                            + "\"context\":{\"files\":[\"pom.xml\"],\"hints\":\"\"},\"agent\":\"scripted\"}")))
    @APIResponse(
            responseCode = "202",
            description = "It waits for its turn",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    @APIResponse(responseCode = "403", description = "The agent command is asked something that is not listed")
    @APIResponse(
            responseCode = "422",
            description = "There is no such agent or branch, or HEAD is detached and no branch is named")
    @APIResponse(responseCode = "429", description = "As many tasks wait as may; see Retry-After")
    public Response create(
            NewTask body,
            @Context UriInfo uri,
            @Parameter(description = "The same key in the same session is the same task")
                    @HeaderParam("Idempotency-Key")
                    String key) {
        TaskView view = registry.create(caller, body, checked(key));
        return Response.status(ACCEPTED)
                .location(UriBuilder.fromUri(uri.getRequestUri())
                        .path(view.id().toString())
                        .build())
                .entity(view)
                .build();
    }

    @GET
    @Operation(summary = "List the session's tasks, the newest first")
    public TasksView list(
            @Parameter(description = "1 to 200; 50 when absent") @QueryParam("limit") String limit,
            @Parameter(description = "The id of a task: only older ones") @QueryParam("before") String before) {
        int wanted = limit(limit == null ? LISTED : limit);
        StoredTask from = before == null ? null : tasks().require(session(), id(before));
        List<TaskView> page = service.page(session(), from, wanted).stream()
                .map(tasks()::view)
                .toList();
        return new TasksView(
                page, page.size() < wanted ? null : page.get(wanted - 1).id(), service.diskBytes(session()));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "Read a task")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    public TaskView read(@PathParam("id") String id) {
        return tasks().view(tasks().require(session(), id(id)));
    }

    @DELETE
    @Path("{id}")
    @Operation(
            summary = "Discard a task",
            description = "Deletes its working copy and what was taken of it; what is applied stays applied.")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    @APIResponse(responseCode = "409", description = "The agent is not done with it")
    public TaskView discard(@PathParam("id") String id) {
        return tasks().discard(session(), id(id));
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Cancel a task",
            description =
                    "Answers when none of its processes lives. What it had done is kept as patches. One that has ended stays "
                            + "as it is.")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    public TaskView cancel(@PathParam("id") String id) {
        return tasks().cancel(session(), id(id));
    }

    @GET
    @Path("{id}/patches")
    @Operation(
            summary = "What the task has changed, file by file and hunk by hunk",
            description = "Empty before its first run has ended.")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    public PatchesView patches(@PathParam("id") String id) {
        return tasks().patches(session(), id(id));
    }

    @POST
    @Path("{id}/apply")
    @Operation(
            summary = "Put chosen hunks onto the branch, as one commit",
            description =
                    "Merged three-way when the branch has moved. All of it or nothing: after a refusal the branch and the "
                            + "checkout are as before. Can be repeated with other hunks.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewApply.class),
                            examples =
                                    @ExampleObject(
                                            name = "two hunks of a file",
                                            value =
                                                    "{\"select\":[{\"file\":\"a.txt\",\"hunks\":[0,2]}],\"commitMessage\":\"Faster tests\"}")))
    @APIResponse(
            responseCode = "409",
            description =
                    "The agent is not done, hunks are not there any more, they conflict with the branch (conflicts), the checkout "
                            + "is dirty (files), or files that run on use are to be named in confirm (files)")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    @APIResponse(responseCode = "422", description = "Nothing is chosen, or something that may never be applied")
    public AppliedView apply(
            @PathParam("id") String id,
            NewApply body,
            @Parameter(description = "The same key for the same task is one commit") @HeaderParam("Idempotency-Key")
                    String key) {
        return tasks().apply(session(), id(id), body, checked(key));
    }

    @POST
    @Path("{id}/undo")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Take the newest apply back",
            description = "Moves the branch back when nothing came after it, else commits the reverse.")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    @APIResponse(responseCode = "409", description = "It cannot be taken back; detail says why")
    public AppliedView undo(@PathParam("id") String id) {
        return tasks().undo(session(), id(id));
    }

    @GET
    @Path("{id}/messages")
    @Operation(summary = "List what the agent was asked further, in its order")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    public MessagesView messages(@PathParam("id") String id) {
        tasks().require(session(), id(id));
        return new MessagesView(
                service.messages(id(id)).stream().map(MessageView::of).toList());
    }

    @POST
    @Path("{id}/messages")
    @Operation(
            summary = "Ask the agent further, in the same working copy",
            description =
                    "Waits while the agent works. Also goes on with a task that failed or was interrupted. Comments on hunks "
                            + "reach the agent as one message, each with the lines it is about.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = NewMessage.class),
                            examples =
                                    @ExampleObject(
                                            name = "a comment on a hunk",
                                            value =
                                                    "{\"comments\":[{\"file\":\"a.txt\",\"hunk\":0,\"text\":\"Use a constant\"}]}")))
    @APIResponse(
            responseCode = "202",
            description = "It is taken",
            content = @Content(schema = @Schema(implementation = MessageView.class)))
    @APIResponse(responseCode = "404", description = NOT_THERE)
    @APIResponse(
            responseCode = "409",
            description = "The task is discarded, or what a comment is on is not there any more")
    @APIResponse(responseCode = "422", description = "There is neither content nor a comment, or too much of it")
    public Response followUp(@PathParam("id") String id, NewMessage body) {
        StoredMessage message = tasks().followUp(session(), id(id), body);
        return Response.status(ACCEPTED).entity(MessageView.of(message)).build();
    }

    @DELETE
    @Path("{id}/messages/{message}")
    @Operation(summary = "Remove a message that still waits")
    @APIResponse(responseCode = "404", description = "There is no such message that waits")
    public Removed remove(@PathParam("id") String id, @PathParam("message") String message) {
        tasks().require(session(), id(id));
        if (!service.removeMessage(id(id), id(message))) {
            throw ProblemException.notFound("There is no such message that waits.");
        }
        return new Removed(true);
    }

    @GET
    @Path("{id}/approvals")
    @Operation(summary = "List what the agent asked, in its order", description = "With the answers.")
    @APIResponse(responseCode = "404", description = NOT_THERE)
    public ApprovalsView approvals(@PathParam("id") String id) {
        tasks().require(session(), id(id));
        return new ApprovalsView(
                service.approvals(id(id)).stream().map(ApprovalView::of).toList());
    }

    @POST
    @Path("{id}/approvals/{approval}")
    @Operation(summary = "Answer what the agent asked", description = "Once; nobody answering in time is a no.")
    @APIResponse(responseCode = "404", description = "There is no such question in this session")
    @APIResponse(responseCode = "409", description = "It is answered already")
    public ApprovalView answer(@PathParam("id") String id, @PathParam("approval") String approval, NewAnswer body) {
        tasks().require(session(), id(id));
        if (body == null || body.confirmed() == null) {
            throw new ProblemException(ProblemCode.INVALID, "confirmed must be true or false.");
        }
        tasks().answer(session(), id(approval), body.confirmed());
        return service.findApproval(id(approval)).map(ApprovalView::of).orElseThrow();
    }

    private Tasks tasks() {
        return registry.tasks();
    }

    private UUID session() {
        return caller.requireSession();
    }

    private static String checked(String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(ProblemCode.INVALID, "Idempotency-Key has 1 to 200 printable ASCII characters.");
        }
        return key;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such task in this session.", e);
        }
    }

    private static int limit(String text) {
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MAX_LISTED) {
            throw new ProblemException(ProblemCode.INVALID, "limit is 1 to " + MAX_LISTED + ".");
        }
        return Integer.parseInt(text);
    }
}
