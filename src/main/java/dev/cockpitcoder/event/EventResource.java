package dev.cockpitcoder.event;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
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

/** The events of the caller's session, a page at a time. */
@RequestScoped
@Path("events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.SESSION_NAME)
@Tag(name = "Events")
public class EventResource {
    private static final int MAX_LISTED = 200;
    private static final int LISTED = 100;

    /**
     * @param events as they are on the socket
     * @param next for {@code after}, to read on
     * @param head the newest event's {@code seq}
     * @param reset absent, unless the events are not those asked for. Without a @Schema: Payara takes a method with "set" in its
     *     name for a setter, and then fails to describe the API at all
     */
    public record EventsView(List<JsonObject> events, long next, long head, JsonObject reset) {}

    @Inject
    private EventLog log;

    @Inject
    private Caller caller;

    @GET
    @Operation(
            summary = "Read the session's events, the oldest first",
            description =
                    "With Accept: text/event-stream they come as Server-Sent Events, and then live, until the session "
                            + "or the token ends: id is the seq, data the event, and there is no event field. A data without "
                            + "an id is a reset frame: {\"type\":\"reset\",\"oldest\":51,\"head\":90,\"content\":\"…\"}.")
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "For Server-Sent Events: counts before after",
            schema = @Schema(type = SchemaType.INTEGER))
    @APIResponse(
            responseCode = "200",
            description = "A page, or the stream",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = EventsView.class),
                        examples =
                                @ExampleObject(
                                        name = "one event",
                                        value =
                                                "{\"events\":[{\"seq\":1,\"type\":\"status\",\"content\":\"Session started on app\","
                                                        + "\"at\":\"2026-01-01T00:00:00Z\",\"phase\":\"session.started\"}],"
                                                        + "\"next\":1,\"head\":1}")),
                @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "422", description = "after or limit is no such number")
    @APIResponse(responseCode = "429", description = "The session's events have as many readers as they may have")
    public EventsView list(
            @Parameter(description = "The seq of the last event known; 0 when absent") @QueryParam("after")
                    String after,
            @Parameter(description = "1 to 200; 100 when absent") @QueryParam("limit") String limit) {
        long known = after == null ? 0 : ResumePoint.parse("after", after);
        EventPage page = log.page(caller.requireSession(), known, limit == null ? LISTED : limit(limit));
        return new EventsView(
                page.events().stream().map(StoredEvent::object).toList(),
                page.next(),
                Math.max(page.next(), log.head(caller.requireSession())),
                page.reset().map(Reset::json).orElse(null));
    }

    private static int limit(String text) {
        if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MAX_LISTED) {
            throw new ProblemException(ProblemCode.INVALID, "limit is 1 to " + MAX_LISTED + ".");
        }
        return Integer.parseInt(text);
    }
}
