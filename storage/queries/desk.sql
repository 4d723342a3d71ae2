-- name: EventsOf :many
SELECT e.complaint, e.n, e.at, e.noted, e.kind, e.by_whom, e.data, e.digest, e.prev, e.hash, COALESCE(w.words, '') AS words
FROM events e LEFT JOIN words w ON w.complaint = e.complaint AND w.n = e.n
WHERE e.complaint = @complaint ORDER BY e.n;

-- A promise that stands still is neither due next nor overdue.
-- name: DueNext :many
SELECT p.complaint, p.id, p.round, p.place, p.source, p.ending, p.within, p.by_bot, p.start_at, p.due_at, p.firm, p.verdict,
    p.met_at, p.settled_at, p.paused, p.waits, c.topic, c.stage, COALESCE(o.chat, '') AS card_chat, COALESCE(o.platform_id, '') AS card
FROM promises p JOIN complaints c ON c.ref = p.complaint LEFT JOIN outbox o ON o.id = c.card
WHERE p.verdict = 'open' AND NOT p.paused AND p.due_at >= @now ORDER BY p.due_at, p.complaint, p.id LIMIT @most;

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
