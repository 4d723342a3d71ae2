-- name: MoveComplaint :exec
UPDATE complaints SET customer = @customer, state = @state WHERE ref = @ref;

-- name: EvidenceToMove :many
SELECT id, body FROM evidence WHERE customer = @customer;

-- name: MoveEvidence :exec
UPDATE evidence SET customer = @customer, body = @body WHERE id = @id;

-- name: MoveChats :exec
UPDATE chats SET customer = @adopter WHERE customer = @adopted;

-- name: TokensToMove :many
SELECT token, action FROM tokens WHERE customer = @customer;

-- name: MoveToken :exec
UPDATE tokens SET customer = @customer, action = @action WHERE token = @token;

-- name: DropToken :exec
DELETE FROM tokens WHERE token = @token;

-- name: TimersOf :many
SELECT * FROM timers WHERE lane = @lane ORDER BY key;

-- name: DropTimersInBoth :exec
DELETE FROM timers WHERE timers.lane = @adopted AND timers.key IN (SELECT t.key FROM timers t WHERE t.lane = @adopter);

-- name: MoveTimers :exec
UPDATE timers SET lane = @adopter WHERE lane = @adopted;

-- Rows numbered up to kept of the adopted lane go behind the last of the
-- adopter's: the lane's last number is moved on first.
-- name: NumberMore :one
INSERT INTO lanes (lane, turn, kept) VALUES (@lane, 0, CAST(@more AS BIGINT))
ON CONFLICT (lane) DO UPDATE SET kept = lanes.kept + excluded.kept RETURNING kept;

-- name: MoveInputs :exec
UPDATE inbox SET lane = @adopter, n = n + CAST(@more AS BIGINT) WHERE lane = @adopted AND done_at = 0 AND aside_at = 0;

-- name: MoveInputsAside :exec
UPDATE inbox SET lane = @adopter, n = n + CAST(@more AS BIGINT) WHERE lane = @adopted AND done_at = 0 AND aside_at > 0;

-- What was sent has ended; nobody asks for its lane any more.
-- name: MoveOut :exec
UPDATE outbox SET turn_lane = @adopter WHERE turn_lane = @adopted AND state <> 'sent';

-- name: DropCustomer :exec
DELETE FROM customers WHERE id = @id;
