-- +goose Up
-- was: the id under which a post was said that has been removed since, and that
-- another row has now, or none.
ALTER TABLE outbox ADD COLUMN was TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_was ON outbox (was) WHERE was <> '';

-- +goose Down
DROP INDEX outbox_was;
ALTER TABLE outbox DROP COLUMN was;
