package dev.cockpitcoder.session;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.identity.Role;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.DiffScope;
import dev.cockpitcoder.workspace.DiffView;
import dev.cockpitcoder.workspace.StatusView;
import dev.cockpitcoder.workspace.WorkingTrees;

/** What is not committed in the repository of the caller's session. Reads only. */
@RequestScoped
@Path("git")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SESSION_NAME)
@Tag(name = "Git")
public class GitResource {
    @Inject
    private WorkingTrees trees;

    @Inject
    private SessionService sessions;

    @Inject
    private Caller caller;

    @GET
    @Path("diff")
    @Operation(
            summary = "The changes that are not committed, file by file",
            description =
                    "The working tree against HEAD, untracked files included. 1 MiB at most, 2000 untracked files "
                            + "at most; truncated says whether there is more. Filters, such as those of Git LFS, are not applied.")
    @APIResponse(
            responseCode = "200",
            description = "The changes",
            content =
                    @Content(
                            schema = @Schema(implementation = DiffView.class),
                            examples =
                                    @ExampleObject(
                                            name = "a line changed",
                                            value =
                                                    "{\"files\":1,\"truncated\":false,\"patches\":[{\"file\":\"a.txt\","
                                                            + "\"patch\":\"diff --git a/a.txt b/a.txt\\n…\",\"content\":\"diff --git a/a.txt b/a.txt\\n…\","
                                                            + "\"type\":\"modified\",\"binary\":false,\"truncated\":false,\"hunks\":[{\"startOld\":1,\"lenOld\":1,"
                                                            + "\"startNew\":1,\"lenNew\":1,\"lines\":[\"-old\",\"+new\"]}]}]}")))
    @APIResponse(responseCode = "422", description = "staged is neither true nor false")
    @APIResponse(responseCode = "429", description = "Too many ask at once; see Retry-After")
    @APIResponse(responseCode = "503", description = "git fails, or takes too long")
    public DiffView diff(
            @Parameter(
                            description =
                                    "true: only what the next commit would have; false: only what it would not; both when absent")
                    @QueryParam("staged")
                    String staged) {
        return trees.diff(repository(), scope(staged));
    }

    @GET
    @Path("status")
    @Operation(
            summary = "The branch, and which files are changed, untracked or in conflict",
            description = "1000 files at most, all of them counted.")
    @APIResponse(
            responseCode = "200",
            description = "How it stands",
            content =
                    @Content(
                            schema = @Schema(implementation = StatusView.class),
                            examples =
                                    @ExampleObject(
                                            name = "a file changed",
                                            value =
                                                    "{\"branch\":\"main\",\"detached\":false,\"head\":\"2566abd…\",\"upstream\":\"origin/main\","
                                                            + "\"ahead\":1,\"behind\":0,\"files\":[{\"file\":\"a.txt\",\"unstaged\":\"modified\",\"untracked\":false}],"
                                                            + "\"changed\":1,\"staged\":0,\"unstaged\":1,\"untracked\":0,\"conflicted\":0,\"truncated\":false}")))
    @APIResponse(responseCode = "429", description = "Too many ask at once; see Retry-After")
    @APIResponse(responseCode = "503", description = "git fails, or takes too long")
    public StatusView status() {
        return trees.status(repository());
    }

    private java.nio.file.Path repository() {
        return sessions.openRepo(caller.requireSession());
    }

    private static DiffScope scope(String staged) {
        if (staged == null) {
            return DiffScope.ALL;
        }
        return switch (staged) {
            case "true" -> DiffScope.STAGED;
            case "false" -> DiffScope.UNSTAGED;
            default -> throw new ProblemException(ProblemCode.INVALID, "staged is true or false.");
        };
    }
}
