-- +goose Up
-- paused: the last of the waits (JSON) has not ended.
ALTER TABLE promises ADD COLUMN paused BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE promises ADD COLUMN waits TEXT NOT NULL DEFAULT '';

DROP INDEX promises_settled;
CREATE INDEX promises_settled ON promises (settled_at, id, ending, verdict) WHERE verdict <> 'open';

-- What data names as "about", apart so that it can be looked for. Events from
-- before this column are about nothing that is: no survey had been sent.
ALTER TABLE events ADD COLUMN about TEXT NOT NULL DEFAULT '';
CREATE INDEX events_survey ON events (at, complaint) WHERE kind = 'delivered' AND about = 'survey';

-- By whom a customer's rows are found when another adopts them.
CREATE INDEX chats_customer ON chats (customer);
CREATE INDEX tokens_customer ON tokens (customer);
CREATE INDEX outbox_owner ON outbox (turn_lane) WHERE state <> 'sent';

-- +goose Down
DROP INDEX outbox_owner;
DROP INDEX tokens_customer;
DROP INDEX chats_customer;
DROP INDEX events_survey;
ALTER TABLE events DROP COLUMN about;
DROP INDEX promises_settled;
CREATE INDEX promises_settled ON promises (settled_at, id, verdict) WHERE verdict <> 'open';
ALTER TABLE promises DROP COLUMN waits;
ALTER TABLE promises DROP COLUMN paused;
