package dev.cockpitcoder.session;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;

import dev.cockpitcoder.identity.Audit;
import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.server.StartCheck;
import dev.cockpitcoder.workspace.RepoView;

/** The life cycle of sessions outside transactions: commit first, then tell the other rooms. */
@Singleton
@Startup
@DependsOn("IdentityStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Sessions {
    private static final Logger LOG = Logger.getLogger(Sessions.class.getName());

    @Inject
    private Instance<SessionConfig> config;

    @Inject
    private SessionService service;

    @Inject
    private Event<SessionStarted> started;

    @Inject
    private Event<SessionEnded> ended;

    @Inject
    private Event<SessionEvent> events;

    @Inject
    private Audit audit;

    @PostConstruct
    void check() {
        StartCheck.orExplain(config::get);
    }

    public CodingSession start(Caller operator, NewSession body) {
        CodingSession session = service.create(operator, body.repo(), body.label(), body.via());
        audit.done(operator.subject(), "started a session", session.id() + " on " + session.repo());
        started.fire(new SessionStarted(session.id(), session.repo()));
        tell(session.id(), "started", "Session started on " + RepoView.nameOf(session.repo()));
        return session;
    }

    public void end(Caller caller, UUID id) {
        service.end(caller, id);
        audit.done(caller.subject(), "ended a session", id.toString());
        tell(id, "ended", "Session ended");
        ended.fire(new SessionEnded(id, SessionEnded.Reason.CLOSED));
    }

    /** Every five seconds: what has expired is ended like anything else. */
    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    void endExpired() {
        try {
            for (UUID id : service.expired()) {
                if (service.finish(id, SessionEnded.Reason.EXPIRED)) {
                    audit.done("-", "a session expired", id.toString());
                    tell(id, "ended", "Session expired");
                    ended.fire(new SessionEnded(id, SessionEnded.Reason.EXPIRED));
                }
            }
        } catch (RuntimeException e) {
            // a timer that throws is given up by the container; the database may be back in five seconds
            LOG.log(Level.WARNING, "expired sessions could not be ended", e);
        }
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    void everyHour() {
        service.purge();
    }

    private void tell(UUID id, String what, String content) {
        events.fire(new SessionEvent(
                id,
                "status",
                content,
                Json.createObjectBuilder().add("phase", "session." + what).build()));
    }
}
