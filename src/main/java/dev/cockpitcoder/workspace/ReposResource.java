package dev.cockpitcoder.workspace;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.cockpitcoder.identity.Role;

/** The repositories an operator can make sessions on. */
@RequestScoped
@Path("repos")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Repositories")
public class ReposResource {
    public record ReposView(List<RepoView> repos) {}

    @Inject
    private Repositories repositories;

    @GET
    @RolesAllowed(Role.OPERATOR_NAME)
    @Operation(
            summary = "List the repositories of REPO_ALLOWLIST",
            description = "Up to three levels below each listed directory, 200 at most.")
    public ReposView list() {
        return new ReposView(repositories.list());
    }
}
