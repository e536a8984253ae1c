CREATE TABLE command_run (
    id              VARCHAR(36)   PRIMARY KEY,
    session_id      VARCHAR(36)   NOT NULL,
    owner           VARCHAR(255)  NOT NULL,
    idempotency_key VARCHAR(200),
    cmd             VARCHAR(4096) NOT NULL,
    cwd             VARCHAR(4096) NOT NULL,
    phase           VARCHAR(20)   NOT NULL,
    started_at      BIGINT NOT NULL,
    ended_at        BIGINT,
    duration_millis BIGINT,
    code            INTEGER,
    truncated       BOOLEAN NOT NULL,
    stdout_bytes    BIGINT NOT NULL,
    stderr_bytes    BIGINT NOT NULL,
    UNIQUE (session_id, idempotency_key)
);
CREATE INDEX command_run_by_session ON command_run (session_id, started_at, id);
CREATE INDEX command_run_by_end ON command_run (ended_at);

-- apart, so that a page of the history does not read it
CREATE TABLE command_output (
    command_id  VARCHAR(36) PRIMARY KEY REFERENCES command_run (id) ON DELETE CASCADE,
    text        TEXT NOT NULL
);
