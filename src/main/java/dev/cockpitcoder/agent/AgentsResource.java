package dev.cockpitcoder.agent;

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

/** Which agents a task can name. */
@RequestScoped
@Path("agents")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.OPERATOR_NAME, Role.SESSION_NAME})
@Tag(name = "Tasks")
public class AgentsResource {
    public record AgentsView(List<AgentView> agents) {}

    @Inject
    private Agents agents;

    @GET
    @Operation(
            summary = "List the agents",
            description = "The profiles of AGENTS_FILE, those that are built in, and command, which runs a command of "
                    + "CMD_ALLOWLIST in the copy; also those that are not available, and why.")
    public AgentsView list() {
        return new AgentsView(agents.list());
    }
}
