-- +goose Up
-- From whom a complaint is kept: a row for each hidden person, and one for each
-- rank that may not see it ('*agent', '*manager'). No rows: anyone may see it.
CREATE TABLE walls (
    complaint TEXT NOT NULL,
    staff     TEXT NOT NULL,
    PRIMARY KEY (complaint, staff)
);
CREATE INDEX walls_staff ON walls (staff, complaint);

-- home: where the complaint's card is; empty for the desk's channel.
ALTER TABLE complaints ADD COLUMN home TEXT NOT NULL DEFAULT '';
CREATE INDEX complaints_home ON complaints (home) WHERE home <> '';

-- How customers treat staff, as far as it is counted and listed: a row for each
-- flag (class 'flag', also its what) and for each step of the ladder (class
-- 'step'; what is the step). The rest is in the customer's state.
CREATE TABLE conduct (
    customer  TEXT    NOT NULL,
    class     TEXT    NOT NULL,
    n         BIGINT  NOT NULL,
    what      TEXT    NOT NULL,
    complaint TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    by_whom   TEXT    NOT NULL,
    at        BIGINT  NOT NULL,
    until_at  BIGINT  NOT NULL,
    ended_at  BIGINT  NOT NULL,
    told_at   BIGINT  NOT NULL,
    dropped   BOOLEAN NOT NULL, -- of a step: overturned
    PRIMARY KEY (customer, class, n)
);
CREATE INDEX conduct_at ON conduct (at);
CREATE INDEX conduct_open ON conduct (until_at) WHERE until_at > 0 AND ended_at = 0;

-- What a removal looks for, and what it has taken out.
CREATE INDEX outbox_posts ON outbox (complaint, chat) WHERE channel = 'slack';
CREATE INDEX outbox_deletes ON outbox (edits) WHERE kind = 'delete';

-- +goose Down
DROP INDEX outbox_deletes;
DROP INDEX outbox_posts;
DROP TABLE conduct;
DROP INDEX complaints_home;
ALTER TABLE complaints DROP COLUMN home;
DROP TABLE walls;
