-- Instants are milliseconds UTC; 0 stands for none. JSON and words are text
-- without NUL and in valid UTF-8 (text.go sees to it).

-- +goose Up
-- A lane numbers its turns and the rows kept in it.
CREATE TABLE lanes (
    lane TEXT   NOT NULL PRIMARY KEY,
    turn BIGINT NOT NULL,
    kept BIGINT NOT NULL
);

-- kept_at is when it happened by the platform's clock (Input.At), not when the
-- row was written: a timer due before that goes first. raw and input are blank
-- once an old row is pruned.
CREATE TABLE inbox (
    channel  TEXT   NOT NULL,
    account  TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    lane     TEXT   NOT NULL,
    n        BIGINT NOT NULL,
    kind     TEXT   NOT NULL,
    kept_at  BIGINT NOT NULL,
    raw      TEXT   NOT NULL,
    input    TEXT   NOT NULL,
    tries    BIGINT NOT NULL,
    due_at   BIGINT NOT NULL,
    done_at  BIGINT NOT NULL,
    aside_at BIGINT NOT NULL,
    why      TEXT   NOT NULL,
    PRIMARY KEY (channel, account, key)
);
CREATE INDEX inbox_lane ON inbox (lane, n) WHERE done_at = 0 AND aside_at = 0;
CREATE INDEX inbox_due ON inbox (due_at, lane) WHERE done_at = 0 AND aside_at = 0;
CREATE INDEX inbox_aside ON inbox (aside_at) WHERE aside_at > 0;

CREATE TABLE customers (
    id    TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL
);

CREATE TABLE chats (
    channel  TEXT NOT NULL,
    account  TEXT NOT NULL,
    chat     TEXT NOT NULL,
    customer TEXT NOT NULL,
    PRIMARY KEY (channel, account, chat)
);

CREATE TABLE complaints (
    ref         TEXT    NOT NULL PRIMARY KEY,
    customer    TEXT    NOT NULL,
    stage       TEXT    NOT NULL,
    pending     BOOLEAN NOT NULL,
    topic       TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    assignee    TEXT    NOT NULL,
    received_at BIGINT  NOT NULL,
    closed_at   BIGINT  NOT NULL,
    policy      TEXT    NOT NULL,
    card        TEXT    NOT NULL,
    state       TEXT    NOT NULL
);
CREATE INDEX complaints_customer ON complaints (customer, received_at);
CREATE INDEX complaints_pending ON complaints (assignee, stage) WHERE pending;

CREATE TABLE promises (
    complaint  TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    round      BIGINT  NOT NULL,
    place      BIGINT  NOT NULL,
    source     TEXT    NOT NULL,
    ending     TEXT    NOT NULL,
    within     TEXT    NOT NULL,
    by_bot     BOOLEAN NOT NULL,
    start_at   BIGINT  NOT NULL,
    due_at     BIGINT  NOT NULL,
    firm       BOOLEAN NOT NULL,
    verdict    TEXT    NOT NULL,
    met_at     BIGINT  NOT NULL,
    settled_at BIGINT  NOT NULL,
    PRIMARY KEY (complaint, round, id)
);
CREATE INDEX promises_open ON promises (due_at) WHERE verdict = 'open';
CREATE INDEX promises_settled ON promises (settled_at, id, verdict) WHERE verdict <> 'open';

CREATE TABLE events (
    complaint TEXT   NOT NULL,
    n         BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    noted     BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    by_whom   TEXT   NOT NULL,
    data      TEXT   NOT NULL,
    digest    TEXT   NOT NULL,
    prev      TEXT   NOT NULL,
    hash      TEXT   NOT NULL,
    PRIMARY KEY (complaint, n)
);

-- What was said in an event, apart from it so that it can be erased.
CREATE TABLE words (
    complaint TEXT   NOT NULL,
    n         BIGINT NOT NULL,
    words     TEXT   NOT NULL,
    PRIMARY KEY (complaint, n)
);

-- due_at says when the timer fires; ready_at is later where its turn failed.
CREATE TABLE timers (
    lane     TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    due_at   BIGINT NOT NULL,
    ready_at BIGINT NOT NULL,
    tries    BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    PRIMARY KEY (lane, key)
);
CREATE INDEX timers_ready ON timers (ready_at, lane);

-- due_at is when the row needs a courier: 1 for at once, the end of the lease
-- while it is sending, 0 while it waits behind another row and once settled.
CREATE TABLE outbox (
    id           TEXT    NOT NULL PRIMARY KEY,
    lane         TEXT    NOT NULL,
    n            BIGINT  NOT NULL,
    turn_lane    TEXT    NOT NULL,
    complaint    TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    chat         TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    class        TEXT    NOT NULL,
    thread       TEXT    NOT NULL,
    edits        TEXT    NOT NULL,
    waits        TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    said_at      BIGINT  NOT NULL,
    due_at       BIGINT  NOT NULL,
    expires_at   BIGINT  NOT NULL,
    attempts     BIGINT  NOT NULL,
    leased_until BIGINT  NOT NULL,
    doubtful     BOOLEAN NOT NULL,
    platform_id  TEXT    NOT NULL,
    platform     TEXT    NOT NULL,
    accepted_at  BIGINT  NOT NULL,
    settled_at   BIGINT  NOT NULL,
    why          TEXT    NOT NULL,
    body         TEXT    NOT NULL
);
CREATE INDEX outbox_lane ON outbox (lane, n) WHERE settled_at = 0;
CREATE INDEX outbox_due ON outbox (due_at, lane) WHERE due_at > 0;
CREATE INDEX outbox_edits ON outbox (edits) WHERE edits <> '' AND settled_at = 0;
CREATE INDEX outbox_waits ON outbox (waits) WHERE waits <> '';
CREATE INDEX outbox_complaint ON outbox (complaint, said_at) WHERE kind = 'message';
CREATE INDEX outbox_state ON outbox (state) WHERE state <> 'sent';

CREATE TABLE tokens (
    token    TEXT NOT NULL PRIMARY KEY,
    customer TEXT NOT NULL,
    action   TEXT NOT NULL
);

-- due_at is 0 once the fetch has ended, though the turn that says so may wait.
CREATE TABLE evidence (
    id        TEXT   NOT NULL PRIMARY KEY,
    customer  TEXT   NOT NULL,
    complaint TEXT   NOT NULL,
    state     TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    place     BIGINT NOT NULL,
    tries     BIGINT NOT NULL,
    due_at    BIGINT NOT NULL,
    body      TEXT   NOT NULL
);
CREATE INDEX evidence_customer ON evidence (customer, at);
CREATE INDEX evidence_complaint ON evidence (complaint, at) WHERE complaint <> '';
CREATE INDEX evidence_due ON evidence (due_at) WHERE due_at > 0;

CREATE TABLE packs (
    hash    TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    body    TEXT NOT NULL
);

CREATE TABLE dialogs (
    id        TEXT   NOT NULL PRIMARY KEY,
    by_whom   TEXT   NOT NULL,
    complaint TEXT   NOT NULL,
    body      TEXT   NOT NULL,
    at        BIGINT NOT NULL
);

CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- +goose Down
DROP TABLE settings;
DROP TABLE dialogs;
DROP TABLE packs;
DROP TABLE evidence;
DROP TABLE tokens;
DROP TABLE outbox;
DROP TABLE timers;
DROP TABLE words;
DROP TABLE events;
DROP TABLE promises;
DROP TABLE complaints;
DROP TABLE chats;
DROP TABLE customers;
DROP TABLE inbox;
DROP TABLE lanes;
