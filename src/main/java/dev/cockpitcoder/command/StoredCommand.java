package dev.cockpitcoder.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

import dev.cockpitcoder.terminal.TerminalSize;

/** A command in the history: stored before it is started, and ended once. */
@Entity
@Table(name = "command_run")
@NamedQuery(
        name = "StoredCommand.byKey",
        query = "SELECT c FROM StoredCommand c WHERE c.sessionId = :session AND c.idempotencyKey = :key")
@NamedQuery(
        name = "StoredCommand.newest",
        query = "SELECT c FROM StoredCommand c WHERE c.sessionId = :session ORDER BY c.startedAt DESC, c.id DESC")
@NamedQuery(
        name = "StoredCommand.before",
        query = "SELECT c FROM StoredCommand c WHERE c.sessionId = :session "
                + "AND (c.startedAt < :at OR c.startedAt = :at AND c.id < :id) ORDER BY c.startedAt DESC, c.id DESC")
@NamedQuery(
        name = "StoredCommand.end",
        query = "UPDATE StoredCommand c SET c.phase = :phase, c.code = :code, c.durationMillis = :duration, "
                + "c.endedAt = :at, c.truncated = :truncated, c.stdoutBytes = :stdout, c.stderrBytes = :stderr "
                + "WHERE c.id = :id AND c.phase = 'RUNNING'")
@NamedQuery(
        name = "StoredCommand.interrupt",
        query = "UPDATE StoredCommand c SET c.phase = 'INTERRUPTED', c.endedAt = :now WHERE c.phase = 'RUNNING'")
@NamedQuery(name = "StoredCommand.purge", query = "DELETE FROM StoredCommand c WHERE c.endedAt < :before")
public class StoredCommand {
    @Id
    private String id;

    @Column(name = "session_id")
    private String sessionId;

    private String owner;

    @Column(name = "idempotency_key")
    private String idempotencyKey;

    private String cmd;
    private String cwd;
    private String phase;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "duration_millis")
    private Long durationMillis;

    private Integer code;
    private boolean truncated;

    @Column(name = "stdout_bytes")
    private long stdoutBytes;

    @Column(name = "stderr_bytes")
    private long stderrBytes;

    @Column(name = "terminal_id")
    private String terminalId;

    @Column(name = "tty_cols")
    private Integer ttyCols;

    @Column(name = "tty_rows")
    private Integer ttyRows;

    protected StoredCommand() {}

    /**
     * @param idempotencyKey null when the client gave none
     * @param tty the size of the terminal it runs on; null when it runs without one
     */
    StoredCommand(UUID sessionId, String owner, String idempotencyKey, String cmd, Path cwd, TerminalSize tty) {
        this.id = UUID.randomUUID().toString();
        this.sessionId = sessionId.toString();
        this.owner = owner;
        this.idempotencyKey = idempotencyKey;
        this.cmd = cmd;
        this.cwd = cwd.toString();
        this.phase = Phase.RUNNING.name();
        this.startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        if (tty != null) {
            this.terminalId = UUID.randomUUID().toString();
            this.ttyCols = tty.cols();
            this.ttyRows = tty.rows();
        }
    }

    void end(Result result) {
        phase = result.phase().name();
        code = result.code();
        durationMillis = result.duration().toMillis();
        endedAt = startedAt.plus(Duration.ofMillis(durationMillis));
        truncated = result.truncated();
        stdoutBytes = result.stdoutBytes();
        stderrBytes = result.stderrBytes();
    }

    UUID id() {
        return UUID.fromString(id);
    }

    UUID sessionId() {
        return UUID.fromString(sessionId);
    }

    String owner() {
        return owner;
    }

    String cmd() {
        return cmd;
    }

    String cwd() {
        return cwd;
    }

    /** Whether the other was asked for with the same words. */
    boolean sameRequest(StoredCommand other) {
        return cmd.equals(other.cmd) && cwd.equals(other.cwd) && Objects.equals(tty(), other.tty());
    }

    /** Null when it has no terminal. */
    UUID terminalId() {
        return terminalId == null ? null : UUID.fromString(terminalId);
    }

    /** The size its terminal had at first; null when it has none. */
    TerminalSize tty() {
        return terminalId == null ? null : new TerminalSize(ttyCols, ttyRows);
    }

    Phase phase() {
        return Phase.valueOf(phase);
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant endedAt() {
        return endedAt;
    }

    Long durationMillis() {
        return durationMillis;
    }

    Integer code() {
        return code;
    }

    boolean truncated() {
        return truncated;
    }

    long stdoutBytes() {
        return stdoutBytes;
    }

    long stderrBytes() {
        return stderrBytes;
    }
}
