package dev.cockpitcoder.command;

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

/** What may be run. */
@RequestScoped
@Path("commands")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR_NAME, Role.SESSION_NAME})
@Tag(name = "Commands")
public class AllowedCommandsResource {
    public record AllowedCommandsView(List<AllowedCommandView> commands) {}

    @Inject
    private CommandConfig config;

    @GET
    @Operation(summary = "List what may be run", description = "The entries of CMD_ALLOWLIST, in their order.")
    public AllowedCommandsView list() {
        return new AllowedCommandsView(config.allowlist().commands().stream()
                .map(AllowedCommandView::of)
                .toList());
    }
}
