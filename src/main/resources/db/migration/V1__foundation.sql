-- every time is in milliseconds since the epoch
CREATE TABLE coding_session (
    id          VARCHAR(36)  PRIMARY KEY,
    owner       VARCHAR(255) NOT NULL,
    repo        VARCHAR(4096) NOT NULL,
    label       VARCHAR(200) NOT NULL,
    via         VARCHAR(40)  NOT NULL,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    end_reason  VARCHAR(20)
);
CREATE INDEX coding_session_by_owner ON coding_session (owner, created_at);
CREATE INDEX coding_session_by_expiry ON coding_session (expires_at);

-- what a token is refused for before it expires by itself: 'sid:…' or 'jti:…'
CREATE TABLE revocation (
    id          VARCHAR(80)  PRIMARY KEY,
    keep_until  BIGINT NOT NULL
);

CREATE TABLE session_event (
    session_id  VARCHAR(36)  NOT NULL,
    seq         BIGINT       NOT NULL,
    at          BIGINT NOT NULL,
    json        VARCHAR(65000) NOT NULL,
    PRIMARY KEY (session_id, seq)
);
