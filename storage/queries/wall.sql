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
SELECT c.home, w.staff FROM complaints c JOIN walls w ON w.complaint = c.ref
WHERE c.home <> '' AND w.staff NOT LIKE '*%' GROUP BY c.home, w.staff ORDER BY c.home, w.staff;

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

-- name: Posted :many
SELECT * FROM outbox WHERE channel = 'slack' AND complaint = @complaint AND chat = @chat AND kind <> 'delete' ORDER BY said_at, lane, n;

-- A deletion that did not fail.
-- name: Deleting :one
SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = 'delete' AND edits = @id AND state <> 'failed');

-- Whether a message has been taken out of its channel, or is about to be, or
-- was taken back before it got there.
-- name: Removed :one
SELECT EXISTS (
    SELECT 1 FROM outbox d WHERE d.kind = 'delete' AND d.edits = @id
    UNION ALL SELECT 1 FROM outbox o WHERE o.id = @id AND o.state = 'failed' AND o.why = 'taken back');
