package dev.cockpitcoder.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

import dev.cockpitcoder.identity.Caller;
import dev.cockpitcoder.identity.Revocations;
import dev.cockpitcoder.identity.Role;
import dev.cockpitcoder.identity.TokenIssuer;
import dev.cockpitcoder.problem.ProblemCode;
import dev.cockpitcoder.problem.ProblemException;
import dev.cockpitcoder.workspace.RepoPolicy;
import dev.cockpitcoder.workspace.RepoView;

/**
 * Sessions, in transactions. A session that is not the caller's does not exist for the caller: NOT_FOUND.
 *
 * <p>Events are fired by {@link Sessions} once a transaction is committed.
 */
@Stateless
public class SessionService {
    private static final int LABEL_MAX_CHARS = 200;
    private static final int VIA_MAX_CHARS = 40;

    @PersistenceContext(unitName = "cockpit")
    private EntityManager entities;

    @Inject
    private SessionConfig config;

    @Inject
    private RepoPolicy repos;

    @Inject
    private Revocations revocations;

    @Inject
    private TokenIssuer issuer;

    private SessionStore store;

    @PostConstruct
    void open() {
        store = new SessionStore(entities);
    }

    /** @throws ProblemException when the repository is refused; see {@link RepoPolicy#require} */
    public CodingSession create(Caller operator, String repo, String label, String via) {
        Path real = repos.require(repo);
        Instant now = now();
        CodingSession session = new CodingSession(
                operator.subject(),
                real,
                checked("label", label, LABEL_MAX_CHARS).orElse(RepoView.nameOf(real)),
                checked("via", via, VIA_MAX_CHARS).orElse("direct"),
                now,
                now.plus(lifetime()));
        store.add(session);
        return session;
    }

    public CodingSession require(Caller caller, UUID id) {
        return store.find(id).filter(session -> isVisible(session, caller)).orElseThrow(SessionService::notFound);
    }

    /** An operator's own live sessions, newest first; a session sees itself. */
    public List<CodingSession> list(Caller caller) {
        return caller.role() == Role.OPERATOR
                ? store.liveOf(caller.subject(), Instant.now())
                : List.of(require(caller, caller.requireSession()));
    }

    /** Makes it last its lifetime from now on. */
    public CodingSession extend(Caller caller, UUID id) {
        CodingSession session = store.findForUpdate(id)
                .filter(found -> isVisible(found, caller))
                .orElseThrow(SessionService::notFound);
        session.extend(now().plus(lifetime()));
        return session;
    }

    /** Ends it and refuses its tokens. */
    public void end(Caller caller, UUID id) {
        require(caller, id);
        if (!finish(id, SessionEnded.Reason.CLOSED)) {
            throw notFound();
        }
    }

    /** @return false when it had ended before */
    public boolean finish(UUID id, SessionEnded.Reason reason) {
        Optional<CodingSession> live = store.findForUpdate(id).filter(session -> session.endedAt() == null);
        live.ifPresent(session -> {
            session.end(reason, Instant.now());
            revocations.revokeSession(id, session.expiresAt());
        });
        return live.isPresent();
    }

    public List<UUID> expired() {
        return store.expired(Instant.now()).stream().map(CodingSession::id).toList();
    }

    /** Forgets sessions that ended longer ago than the retention. */
    public void purge() {
        store.purge(Instant.now().minus(config.retention()));
    }

    /**
     * Where a session works; the repository is checked again.
     *
     * @throws ProblemException NOT_FOUND when the session has ended; REPO_NOT_ALLOWED or INVALID when the repository is no
     *     longer allowed
     */
    public Path openRepo(UUID sessionId) {
        return repos.require(store.find(sessionId)
                .filter(session -> session.isLive(Instant.now()))
                .orElseThrow(SessionService::notFound)
                .repo()
                .toString());
    }

    private static boolean isVisible(CodingSession session, Caller caller) {
        boolean own = caller.role() == Role.OPERATOR
                ? session.owner().equals(caller.subject())
                : session.id().equals(caller.sessionId());
        return own && session.isLive(Instant.now());
    }

    private Duration lifetime() {
        Duration longest = issuer.sessionLifetimeMax();
        return config.lifetime().compareTo(longest) < 0 ? config.lifetime() : longest;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<String> checked(String name, String value, int maxChars) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        if (value.length() > maxChars || value.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    name + " may have at most " + maxChars + " characters, and no control characters.");
        }
        return Optional.of(value.strip());
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no such session, or it has ended.");
    }
}
