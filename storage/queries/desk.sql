-- name: EventsOf :many
SELECT e.complaint, e.n, e.at, e.noted, e.kind, e.by_whom, e.data, e.digest, e.prev, e.hash, COALESCE(w.words, '') AS words
FROM events e LEFT JOIN words w ON w.complaint = e.complaint AND w.n = e.n
WHERE e.complaint = @complaint ORDER BY e.n;

-- name: LastWords :one
SELECT w.words FROM words w JOIN events e ON e.complaint = w.complaint AND e.n = w.n
WHERE w.complaint = @complaint AND e.by_whom = 'customer' ORDER BY w.n DESC LIMIT 1;

-- name: PendingByStage :many
SELECT stage, COUNT(*) AS many FROM complaints WHERE pending GROUP BY stage;

-- A promise that stands still is neither due next nor overdue.
-- name: DueNext :many
SELECT p.complaint, p.id, p.round, p.place, p.source, p.ending, p.within, p.by_bot, p.start_at, p.due_at, p.firm, p.verdict,
    p.met_at, p.settled_at, p.paused, p.waits, c.topic, c.stage, COALESCE(o.platform_id, '') AS card
FROM promises p JOIN complaints c ON c.ref = p.complaint LEFT JOIN outbox o ON o.id = c.card
WHERE p.verdict = 'open' AND NOT p.paused AND p.due_at >= @now ORDER BY p.due_at, p.complaint, p.id LIMIT @most;

-- name: Overdue :many
SELECT p.complaint, p.id, p.round, p.place, p.source, p.ending, p.within, p.by_bot, p.start_at, p.due_at, p.firm, p.verdict,
    p.met_at, p.settled_at, p.paused, p.waits, c.topic, c.stage, COALESCE(o.platform_id, '') AS card
FROM promises p JOIN complaints c ON c.ref = p.complaint LEFT JOIN outbox o ON o.id = c.card
WHERE p.verdict = 'open' AND NOT p.paused AND p.due_at < @now ORDER BY p.due_at, p.complaint, p.id LIMIT @most;

-- name: KeptIn :many
SELECT id, ending,
    COUNT(*) FILTER (WHERE verdict = 'kept') AS kept,
    COUNT(*) FILTER (WHERE verdict = 'late') AS late,
    COUNT(*) FILTER (WHERE verdict = 'missed') AS missed,
    COUNT(*) FILTER (WHERE verdict = 'void') AS void,
    COUNT(*) FILTER (WHERE verdict = 'open') AS overdue
FROM promises WHERE verdict <> 'open' AND settled_at >= @since AND settled_at < @before
    OR verdict = 'open' AND NOT paused AND due_at >= @since AND due_at < @before AND due_at < @now
GROUP BY id, ending ORDER BY id, ending;

-- A complaint is counted where its first asking was delivered. It comes once
-- for each rating, in their order, or once without any.
-- name: Surveys :many
SELECT d.complaint, COALESCE(r.data, '') AS rating
FROM events d LEFT JOIN events r ON r.complaint = d.complaint AND r.kind = 'rated'
WHERE d.kind = 'delivered' AND d.about = 'survey' AND d.at >= @since AND d.at < @before
    AND NOT EXISTS (
        SELECT 1 FROM events e WHERE e.complaint = d.complaint AND e.kind = 'delivered' AND e.about = 'survey'
            AND (e.at < d.at OR e.at = d.at AND e.n < d.n))
ORDER BY d.complaint, r.n;

-- name: CardOf :one
SELECT o.chat, o.platform_id FROM complaints c JOIN outbox o ON o.id = c.card WHERE c.ref = @ref AND c.card <> '';

-- name: OutOf :many
SELECT id, said_at, state, accepted_at, why, body FROM outbox
WHERE complaint = @complaint AND kind = 'message' ORDER BY said_at, n, id;

-- name: SavePack :exec
INSERT INTO packs (hash, name, version, body) VALUES (@hash, @name, @version, @body) ON CONFLICT (hash) DO NOTHING;

-- name: Packs :many
SELECT hash, body FROM packs;

-- name: SaveDialog :exec
INSERT INTO dialogs (id, by_whom, complaint, body, at) VALUES (@id, @by_whom, @complaint, @body, @at)
ON CONFLICT (id) DO UPDATE
SET by_whom = excluded.by_whom, complaint = excluded.complaint, body = excluded.body, at = excluded.at;

-- name: Dialog :one
SELECT * FROM dialogs WHERE id = @id;

-- name: ForgetDialogs :exec
DELETE FROM dialogs WHERE at < @before;

-- name: Setting :one
SELECT value FROM settings WHERE name = @name;

-- name: SaveSetting :exec
INSERT INTO settings (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;
