-- name: Say :exec
INSERT INTO outbox (id, lane, n, turn_lane, complaint, channel, chat, kind, class, thread, edits, waits, state, said_at, due_at,
    expires_at, attempts, leased_until, doubtful, platform_id, platform, accepted_at, settled_at, why, body)
VALUES (@id, @lane, @n, @turn_lane, @complaint, @channel, @chat, @kind, @class, @thread, @edits, '', 'queued', @said_at, @due_at,
    @expires_at, 0, 0, FALSE, '', '', 0, 0, '', @body);

-- name: DropEdits :many
DELETE FROM outbox
WHERE edits = @edits AND edits <> '' AND settled_at = 0 AND state = 'queued' AND attempts = 0 AND kind <> 'delete'
RETURNING id, lane;

-- name: LaneBusy :one
SELECT EXISTS (SELECT 1 FROM outbox WHERE lane = @lane AND settled_at = 0);

-- name: Head :one
SELECT * FROM outbox WHERE lane = @lane AND settled_at = 0 ORDER BY n LIMIT 1;

-- name: Out :one
SELECT * FROM outbox WHERE id = @id;

-- name: Lease :exec
UPDATE outbox SET state = 'sending', attempts = attempts + 1, leased_until = @until, due_at = @until,
    doubtful = @doubtful, waits = ''
WHERE id = @id;

-- name: Await :exec
UPDATE outbox SET due_at = 0, waits = @waits WHERE id = @id;

-- name: WakeWaiting :exec
UPDATE outbox SET due_at = 1, waits = '' WHERE waits = @waits AND waits <> '' AND settled_at = 0;

-- name: WakeHead :exec
UPDATE outbox SET due_at = 1
WHERE due_at = 0 AND waits = '' AND settled_at = 0
    AND id = (SELECT o.id FROM outbox o WHERE o.lane = @lane AND o.settled_at = 0 ORDER BY o.n LIMIT 1);

-- name: SettleOut :exec
UPDATE outbox SET state = @state, settled_at = @settled_at, accepted_at = @accepted_at, platform_id = @platform_id,
    platform = @platform, why = @why, due_at = 0, leased_until = 0, waits = ''
WHERE id = @id;

-- name: OutLater :exec
UPDATE outbox SET state = 'queued', due_at = @due_at, leased_until = 0 WHERE id = @id AND lane = @lane AND settled_at = 0;

-- name: HoldOut :exec
UPDATE outbox SET due_at = @until, leased_until = @until WHERE id = @id AND lane = @lane AND settled_at = 0 AND state = 'sending';

-- name: TakePlace :exec
UPDATE outbox SET platform_id = @platform_id WHERE id = @id AND settled_at > 0 AND platform_id = '';

-- Nobody holds a lease of a process that has ended.
-- name: VoidLeases :exec
UPDATE outbox SET due_at = 1, leased_until = 0 WHERE settled_at = 0 AND state = 'sending';

-- name: OutDue :many
SELECT lane, CAST(MIN(due_at) AS BIGINT) AS due FROM outbox
WHERE due_at > 0 AND due_at <= @now GROUP BY lane ORDER BY due LIMIT @most;

-- name: OutAfter :one
SELECT CAST(COALESCE(MIN(due_at), 0) AS BIGINT) FROM outbox WHERE due_at > 0 AND due_at > @now;

-- name: OutLeased :one
SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'sending' AND state <> 'sent');

-- What was taken back is no trouble.
-- name: OutStates :many
SELECT state, COUNT(*) AS many FROM outbox WHERE state <> 'sent' AND NOT (state = 'failed' AND why = 'taken_back') GROUP BY state;
