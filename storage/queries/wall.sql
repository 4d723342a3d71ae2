-- name: WallOf :many
SELECT staff FROM walls WHERE complaint = @complaint;

-- name: SaveWall :exec
INSERT INTO walls (complaint, staff) VALUES (@complaint, @staff) ON CONFLICT (complaint, staff) DO NOTHING;

-- name: DropWall :exec
DELETE FROM walls WHERE complaint = @complaint AND staff = @staff;

-- name: WalledIn :many
SELECT c.ref, c.customer FROM walls w JOIN complaints c ON c.ref = w.complaint
WHERE w.staff = @staff AND c.home = @home AND c.home <> '' ORDER BY c.ref;

-- The markers of ranks begin with a star; no person's id does.
-- name: WalledHomes :many
SELECT c.home, COALESCE(w.staff, '') AS staff FROM complaints c LEFT JOIN walls w ON w.complaint = c.ref AND w.staff NOT LIKE '*%'
WHERE c.home <> '' AND (w.staff IS NOT NULL OR c.home = @nowhere) GROUP BY c.home, w.staff ORDER BY c.home, staff;

-- name: ConductOf :many
SELECT * FROM conduct WHERE customer = @customer;

-- name: SaveConduct :exec
INSERT INTO conduct (customer, class, n, what, complaint, kind, by_whom, at, until_at, ended_at, told_at, dropped)
VALUES (@customer, @class, @n, @what, @complaint, @kind, @by_whom, @at, @until_at, @ended_at, @told_at, @dropped)
ON CONFLICT (customer, class, n) DO UPDATE
SET what = excluded.what, complaint = excluded.complaint, kind = excluded.kind, by_whom = excluded.by_whom, at = excluded.at,
    until_at = excluded.until_at, ended_at = excluded.ended_at, told_at = excluded.told_at, dropped = excluded.dropped;

-- name: DropConduct :exec
DELETE FROM conduct WHERE customer = @customer AND class = @class AND n = @n;

-- All posts and files about a complaint, also those that were removed before.
-- name: Posted :many
SELECT * FROM outbox WHERE channel = 'slack' AND complaint = @complaint AND kind IN ('post', 'upload') ORDER BY lane, n;

-- A deletion that did not fail.
-- name: Deleting :one
SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = 'delete' AND edits = @id AND state <> 'failed');

-- Whether a message has been taken out of its channel, or is about to be, or
-- was taken back before it got there.
-- name: Removed :one
SELECT EXISTS (
    SELECT 1 FROM outbox d WHERE d.kind = 'delete' AND d.edits = @id
    UNION ALL SELECT 1 FROM outbox o WHERE o.id = @id AND o.state = 'failed' AND o.why = 'taken_back'
    UNION ALL SELECT 1 FROM outbox m WHERE m.was = @id AND m.was <> '' AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.id = @id));

-- name: RenameOut :exec
UPDATE outbox SET id = @name, was = @id WHERE id = @id;

-- name: RenameEdits :exec
UPDATE outbox SET edits = @name WHERE channel = 'slack' AND complaint = @complaint AND edits = @id;

-- name: RenameDeletes :exec
UPDATE outbox SET edits = @name WHERE kind = 'delete' AND edits = @id;

-- name: RenameThread :exec
UPDATE outbox SET thread = @name WHERE channel = 'slack' AND complaint = @complaint AND thread = @id;

-- name: RenameWaits :exec
UPDATE outbox SET waits = @name WHERE waits = @id AND waits <> '';

-- name: OutWas :many
SELECT * FROM outbox WHERE was = @was AND was <> '' AND lane = @lane ORDER BY n;

-- How often a message has been removed.
-- name: Moves :one
SELECT COUNT(*) FROM outbox WHERE was = @was AND was <> '';

-- name: TokensLike :many
SELECT token, action FROM tokens WHERE action LIKE @pattern;
