-- All that is read for a member of staff. Every query here carries the same
-- clause, which leaves out what is walled from them; seen.go reads by no other
-- query.

-- name: SeenComplaint :one
SELECT c.ref, c.state FROM complaints c
WHERE c.ref = @ref
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank));

-- name: SeenPromises :many
SELECT p.* FROM promises p JOIN complaints c ON c.ref = p.complaint
WHERE c.ref = @ref
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY p.place, p.round, p.id;

-- name: SeenOwner :one
SELECT u.state FROM complaints c JOIN customers u ON u.id = c.customer
WHERE c.ref = @ref
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank));

-- name: SeenRefs :many
SELECT c.ref FROM complaints c
WHERE c.customer = @customer
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank));

-- name: SeenEvidence :many
SELECT e.body FROM evidence e JOIN complaints c ON c.ref = e.complaint
WHERE e.complaint = @ref AND e.complaint <> ''
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY e.at, e.place, e.id;

-- name: SeenLastWords :one
SELECT x.words FROM complaints c JOIN words x ON x.complaint = c.ref JOIN events e ON e.complaint = x.complaint AND e.n = x.n
WHERE c.ref = @ref AND e.by_whom = 'customer'
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY x.n DESC LIMIT 1;

-- name: SeenMine :many
SELECT c.ref, c.state FROM complaints c
WHERE c.pending AND c.assignee = @assignee
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY c.received_at, c.ref;

-- name: SeenPromisesOfMine :many
SELECT p.* FROM promises p JOIN complaints c ON c.ref = p.complaint
WHERE c.pending AND c.assignee = @assignee
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY p.complaint, p.place, p.round, p.id;

-- name: SeenByStage :many
SELECT c.stage, COUNT(*) AS many FROM complaints c
WHERE c.pending
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
GROUP BY c.stage;

-- A promise that stands still is neither due next nor overdue.
-- name: SeenDueNext :many
SELECT p.complaint, p.id, p.round, p.place, p.source, p.ending, p.within, p.by_bot, p.start_at, p.due_at, p.firm, p.verdict,
    p.met_at, p.settled_at, p.paused, p.waits, c.topic, c.stage, COALESCE(o.chat, '') AS card_chat, COALESCE(o.platform_id, '') AS card
FROM promises p JOIN complaints c ON c.ref = p.complaint LEFT JOIN outbox o ON o.id = c.card
WHERE p.verdict = 'open' AND NOT p.paused AND p.due_at >= @now
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY p.due_at, p.complaint, p.id LIMIT @most;

-- name: SeenOverdue :many
SELECT p.complaint, p.id, p.round, p.place, p.source, p.ending, p.within, p.by_bot, p.start_at, p.due_at, p.firm, p.verdict,
    p.met_at, p.settled_at, p.paused, p.waits, c.topic, c.stage, COALESCE(o.chat, '') AS card_chat, COALESCE(o.platform_id, '') AS card
FROM promises p JOIN complaints c ON c.ref = p.complaint LEFT JOIN outbox o ON o.id = c.card
WHERE p.verdict = 'open' AND NOT p.paused AND p.due_at < @now
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY p.due_at, p.complaint, p.id LIMIT @most;

-- name: SeenKeptIn :many
SELECT p.id, p.ending,
    COUNT(*) FILTER (WHERE p.verdict = 'kept') AS kept,
    COUNT(*) FILTER (WHERE p.verdict = 'late') AS late,
    COUNT(*) FILTER (WHERE p.verdict = 'missed') AS missed,
    COUNT(*) FILTER (WHERE p.verdict = 'void') AS void,
    COUNT(*) FILTER (WHERE p.verdict = 'open') AS overdue
FROM promises p JOIN complaints c ON c.ref = p.complaint
WHERE (p.verdict <> 'open' AND p.settled_at >= @since AND p.settled_at < @before
        OR p.verdict = 'open' AND NOT p.paused AND p.due_at >= @since AND p.due_at < @before AND p.due_at < @now)
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
GROUP BY p.id, p.ending ORDER BY p.id, p.ending;

-- A complaint is counted where its first asking was delivered. It comes once
-- for each rating, in their order, or once without any.
-- name: SeenSurveys :many
SELECT d.complaint, COALESCE(r.data, '') AS rating
FROM events d JOIN complaints c ON c.ref = d.complaint LEFT JOIN events r ON r.complaint = d.complaint AND r.kind = 'rated'
WHERE d.kind = 'delivered' AND d.about = 'survey' AND d.at >= @since AND d.at < @before
    AND NOT EXISTS (
        SELECT 1 FROM events e WHERE e.complaint = d.complaint AND e.kind = 'delivered' AND e.about = 'survey'
            AND (e.at < d.at OR e.at = d.at AND e.n < d.n))
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY d.complaint, r.n;

-- name: SeenCard :one
SELECT o.chat, o.platform_id FROM complaints c JOIN outbox o ON o.id = c.card
WHERE c.ref = @ref AND c.card <> ''
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank));

-- name: SeenMeasures :many
SELECT k.n, u.state, c.ref, c.language, c.topic, c.stage, c.home, COALESCE(o.chat, '') AS card_chat, COALESCE(o.platform_id, '') AS card
FROM conduct k JOIN complaints c ON c.ref = k.complaint JOIN customers u ON u.id = k.customer LEFT JOIN outbox o ON o.id = c.card
WHERE k.class = 'step' AND k.ended_at = 0 AND k.until_at > 0 AND k.until_at > @now
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
ORDER BY k.until_at, k.customer, k.n;

-- name: SeenReceived :many
SELECT c.language, c.topic, c.assignee, COUNT(*) AS many FROM complaints c
WHERE c.received_at >= @since AND c.received_at < @before
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
GROUP BY c.language, c.topic, c.assignee;

-- name: SeenConduct :many
SELECT c.language, c.topic, k.complaint, k.by_whom, k.what, k.dropped, COUNT(*) AS many FROM conduct k JOIN complaints c ON c.ref = k.complaint
WHERE k.at >= @since AND k.at < @before
    AND NOT EXISTS (SELECT 1 FROM walls w WHERE w.complaint = c.ref AND w.staff IN (@viewer, @rank))
GROUP BY c.language, c.topic, k.complaint, k.by_whom, k.what, k.dropped;
