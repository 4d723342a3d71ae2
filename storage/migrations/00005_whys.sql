-- Why a message failed is kept as a name, for which the desk has words in each
-- language.

-- +goose Up
UPDATE outbox SET why = 'refused' WHERE why = 'refused by the platform';
UPDATE outbox SET why = 'closed' WHERE why = 'too late for the platform''s reply window';
UPDATE outbox SET why = 'gave_up' WHERE why = 'gave up after 24 h';
UPDATE outbox SET why = 'not_sent' WHERE why = 'not sent';
UPDATE outbox SET why = 'unknown' WHERE why = 'not known whether it arrived';
UPDATE outbox SET why = 'no_card' WHERE why = 'what it belongs to never arrived';
UPDATE outbox SET why = 'taken_back' WHERE why = 'taken back';

-- +goose Down
UPDATE outbox SET why = 'taken back' WHERE why = 'taken_back';
UPDATE outbox SET why = 'refused by the platform' WHERE why = 'refused';
