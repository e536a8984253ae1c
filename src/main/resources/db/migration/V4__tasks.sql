-- the newest patches of a task; the text is in the objects of its working copy
CREATE TABLE patch_set (
    task_id     VARCHAR(36) PRIMARY KEY,
    tree        VARCHAR(64) NOT NULL,
    files       INTEGER NOT NULL,
    taken_at    BIGINT NOT NULL
);

-- commits on their way to a branch: stored before the branch is moved
CREATE TABLE patch_landing (
    id              VARCHAR(36)  PRIMARY KEY,
    task_id         VARCHAR(36)  NOT NULL,
    idempotency_key VARCHAR(200),
    undoes          VARCHAR(36),
    branch          VARCHAR(4096) NOT NULL,
    before_commit   VARCHAR(64),
    after_commit    VARCHAR(64),
    message         VARCHAR(10000) NOT NULL,
    marks           TEXT NOT NULL,
    phase           VARCHAR(20) NOT NULL,
    begun_at        BIGINT NOT NULL,
    UNIQUE (task_id, idempotency_key)
);
CREATE INDEX patch_landing_by_task ON patch_landing (task_id, begun_at);
CREATE INDEX patch_landing_by_phase ON patch_landing (phase);

CREATE TABLE task (
    id              VARCHAR(36)   PRIMARY KEY,
    session_id      VARCHAR(36)   NOT NULL,
    owner           VARCHAR(255)  NOT NULL,
    repo            VARCHAR(4096) NOT NULL,
    idempotency_key VARCHAR(200),
    instruction     TEXT          NOT NULL,
    context         TEXT,
    branch          VARCHAR(4096) NOT NULL,
    base_commit     VARCHAR(64),
    agent           VARCHAR(40)   NOT NULL,
    phase           VARCHAR(20)   NOT NULL,
    reason          VARCHAR(1000),
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    started_at      BIGINT,
    ended_at        BIGINT,
    UNIQUE (session_id, idempotency_key)
);
CREATE INDEX task_by_session ON task (session_id, created_at, id);
CREATE INDEX task_by_phase ON task (phase);

-- what follows the instruction; a message that waits has no sent_at
CREATE TABLE task_message (
    id          VARCHAR(36) PRIMARY KEY,
    task_id     VARCHAR(36) NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    content     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    UNIQUE (task_id, place)
);

-- what agents asked; open as long as there is no answer
CREATE TABLE task_approval (
    id          VARCHAR(36) PRIMARY KEY,
    task_id     VARCHAR(36) NOT NULL REFERENCES task (id) ON DELETE CASCADE,
    title       VARCHAR(1000) NOT NULL,
    answer      VARCHAR(20),
    asked_at    BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX task_approval_by_task ON task_approval (task_id, asked_at);
