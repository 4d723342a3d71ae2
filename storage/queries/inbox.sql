-- name: Number :one
INSERT INTO lanes (lane, turn, kept) VALUES (@lane, 0, 1)
ON CONFLICT (lane) DO UPDATE SET kept = lanes.kept + 1 RETURNING kept;

-- name: BeginTurn :one
INSERT INTO lanes (lane, turn, kept) VALUES (@lane, 1, 0)
ON CONFLICT (lane) DO UPDATE SET turn = lanes.turn + 1 RETURNING turn;

-- name: Known :one
SELECT EXISTS (SELECT 1 FROM inbox WHERE channel = @channel AND account = @account AND key = @key);

-- A row kept behind one that waits for a retry waits as long as that one.
-- name: Keep :execrows
INSERT INTO inbox (channel, account, key, lane, n, kind, kept_at, raw, input, tries, due_at, done_at, aside_at, why)
VALUES (@channel, @account, @key, @lane, @n, @kind, @kept_at, @raw, @input, @tries,
    COALESCE((SELECT i.due_at FROM inbox i WHERE i.lane = @lane AND i.done_at = 0 AND i.aside_at = 0 ORDER BY i.n DESC LIMIT 1), 0),
    0, @aside_at, @why)
ON CONFLICT (channel, account, key) DO NOTHING;

-- name: NextInput :one
SELECT * FROM inbox WHERE lane = @lane AND done_at = 0 AND aside_at = 0 ORDER BY n LIMIT 1;

-- name: InputDone :exec
UPDATE inbox SET done_at = @done_at
WHERE channel = @channel AND account = @account AND key = @key;

-- Read in the order of the key, a few at a time.
-- name: InputsToBlank :many
SELECT channel, account, key FROM inbox
WHERE (channel, account, key) > (CAST(@channel AS TEXT), CAST(@account AS TEXT), CAST(@key AS TEXT))
    AND done_at > 0 AND done_at < @before AND input <> ''
ORDER BY channel, account, key LIMIT @most;

-- The key stays, so that a repetition is still known.
-- name: BlankInput :exec
UPDATE inbox SET raw = '', input = '' WHERE channel = @channel AND account = @account AND key = @key AND done_at > 0;

-- name: InputTried :one
UPDATE inbox SET tries = tries + 1, why = @why
WHERE channel = @channel AND account = @account AND key = @key AND done_at = 0 AND aside_at = 0
RETURNING tries, lane;

-- name: InputAside :exec
UPDATE inbox SET aside_at = @aside_at
WHERE channel = @channel AND account = @account AND key = @key;

-- name: PostponeInputs :exec
UPDATE inbox SET due_at = @due_at WHERE lane = @lane AND done_at = 0 AND aside_at = 0 AND due_at < @due_at;

-- name: HastenInputs :exec
UPDATE inbox SET due_at = 0 WHERE lane = @lane AND done_at = 0 AND aside_at = 0 AND due_at > 0;

-- Grouped by an expression, here and below, because SQLite would otherwise
-- read all lanes in their order rather than what is due.
-- name: InputsDue :many
SELECT CAST(MIN(lane) AS TEXT) AS lane, CAST(MIN(due_at) AS BIGINT) AS due FROM inbox
WHERE done_at = 0 AND aside_at = 0 AND due_at <= @now GROUP BY lane || '' ORDER BY due LIMIT @most;

-- name: InputsAfter :one
SELECT CAST(COALESCE(MIN(due_at), 0) AS BIGINT) FROM inbox WHERE done_at = 0 AND aside_at = 0 AND due_at > @now;

-- name: InputsWaiting :one
SELECT COUNT(*) FROM inbox WHERE done_at = 0 AND aside_at = 0;

-- name: InputsAside :one
SELECT COUNT(*) FROM inbox WHERE aside_at > 0;

-- name: SetTimer :exec
INSERT INTO timers (lane, key, due_at, ready_at, tries, body) VALUES (@lane, @key, @due_at, @due_at, 0, @body)
ON CONFLICT (lane, key) DO UPDATE
SET due_at = excluded.due_at, ready_at = excluded.ready_at, tries = 0, body = excluded.body;

-- name: StopTimer :exec
DELETE FROM timers WHERE lane = @lane AND key = @key;

-- name: NextTimer :one
SELECT * FROM timers WHERE lane = @lane AND ready_at <= @now ORDER BY due_at, key LIMIT 1;

-- name: TimerTried :one
UPDATE timers SET tries = tries + 1 WHERE lane = @lane AND key = @key AND due_at = @due_at RETURNING tries;

-- name: PostponeTimer :exec
UPDATE timers SET ready_at = @ready_at WHERE lane = @lane AND key = @key;

-- name: TimersDue :many
SELECT CAST(MIN(lane) AS TEXT) AS lane, CAST(MIN(ready_at) AS BIGINT) AS due FROM timers
WHERE ready_at <= @now GROUP BY lane || '' ORDER BY due LIMIT @most;

-- name: TimersAfter :one
SELECT CAST(COALESCE(MIN(ready_at), 0) AS BIGINT) FROM timers WHERE ready_at > @now;
