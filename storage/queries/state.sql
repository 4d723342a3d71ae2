-- name: Customer :one
SELECT state FROM customers WHERE id = @id;

-- name: SaveCustomer :exec
INSERT INTO customers (id, state) VALUES (@id, @state) ON CONFLICT (id) DO UPDATE SET state = excluded.state;

-- name: CustomerOfChat :one
SELECT customer FROM chats WHERE channel = @channel AND account = @account AND chat = @chat;

-- name: SaveChat :exec
INSERT INTO chats (channel, account, chat, customer) VALUES (@channel, @account, @chat, @customer)
ON CONFLICT (channel, account, chat) DO NOTHING;

-- name: Complaint :one
SELECT * FROM complaints WHERE ref = @ref;

-- name: CustomerOfComplaint :one
SELECT customer FROM complaints WHERE ref = @ref;

-- name: ComplaintsOfCustomer :many
SELECT * FROM complaints WHERE customer = @customer ORDER BY received_at, ref;

-- name: PromisesOfCustomer :many
SELECT p.* FROM promises p JOIN complaints c ON c.ref = p.complaint
WHERE c.customer = @customer ORDER BY p.complaint, p.place, p.round, p.id;

-- name: PromisesOf :many
SELECT * FROM promises WHERE complaint = @complaint ORDER BY place, round, id;

-- name: SaveComplaint :exec
INSERT INTO complaints (ref, customer, stage, pending, topic, language, assignee, received_at, closed_at, policy, card, state, home)
VALUES (@ref, @customer, @stage, @pending, @topic, @language, @assignee, @received_at, @closed_at, @policy, @card, @state, @home)
ON CONFLICT (ref) DO UPDATE
SET customer = excluded.customer, stage = excluded.stage, pending = excluded.pending, topic = excluded.topic,
    language = excluded.language, assignee = excluded.assignee, received_at = excluded.received_at,
    closed_at = excluded.closed_at, policy = excluded.policy, card = excluded.card, state = excluded.state,
    home = excluded.home;

-- A settled verdict never changes.
-- name: SavePromise :exec
INSERT INTO promises (complaint, id, round, place, source, ending, within, by_bot, start_at, due_at, firm, verdict, met_at, settled_at,
    paused, waits)
VALUES (@complaint, @id, @round, @place, @source, @ending, @within, @by_bot, @start_at, @due_at, @firm, @verdict, @met_at, @settled_at,
    @paused, @waits)
ON CONFLICT (complaint, round, id) DO UPDATE
SET place = excluded.place, source = excluded.source, ending = excluded.ending, within = excluded.within,
    by_bot = excluded.by_bot, start_at = excluded.start_at, due_at = excluded.due_at, firm = excluded.firm,
    verdict = excluded.verdict, met_at = excluded.met_at, settled_at = excluded.settled_at,
    paused = excluded.paused, waits = excluded.waits
WHERE promises.verdict = 'open';

-- name: DropPromise :exec
DELETE FROM promises WHERE complaint = @complaint AND round = @round AND id = @id AND verdict = 'open';

-- name: AddEvent :exec
INSERT INTO events (complaint, n, at, noted, kind, by_whom, data, digest, prev, hash, about)
VALUES (@complaint, @n, @at, @noted, @kind, @by_whom, @data, @digest, @prev, @hash, @about);

-- name: AddWords :exec
INSERT INTO words (complaint, n, words) VALUES (@complaint, @n, @words);

-- name: EraseWords :exec
DELETE FROM words WHERE complaint = @complaint;

-- name: SaveToken :exec
INSERT INTO tokens (token, customer, action) VALUES (@token, @customer, @action);

-- name: Token :one
SELECT * FROM tokens WHERE token = @token;

-- name: SaveEvidence :exec
INSERT INTO evidence (id, customer, complaint, state, at, place, tries, due_at, body)
VALUES (@id, @customer, @complaint, @state, @at, @place, 0, @due_at, @body)
ON CONFLICT (id) DO UPDATE
SET customer = excluded.customer, complaint = excluded.complaint, at = excluded.at, body = excluded.body,
    due_at = CASE WHEN evidence.state = 'wanted' AND excluded.state = 'wanted' THEN evidence.due_at ELSE excluded.due_at END,
    tries = CASE WHEN evidence.state = 'wanted' AND excluded.state = 'wanted' THEN evidence.tries ELSE 0 END,
    state = excluded.state;

-- name: EvidenceOfCustomer :many
SELECT body FROM evidence WHERE customer = @customer ORDER BY at, place, id;

-- name: WantedEvidence :one
SELECT * FROM evidence WHERE id = @id AND state = 'wanted' AND due_at > 0;

-- name: EvidenceFetched :exec
UPDATE evidence SET due_at = 0 WHERE id = @id;

-- name: EvidenceLater :execrows
UPDATE evidence SET tries = tries + 1, due_at = @due_at WHERE id = @id AND state = 'wanted' AND due_at > 0;

-- name: EvidenceDue :many
SELECT id FROM evidence WHERE due_at > 0 AND due_at <= @now ORDER BY due_at LIMIT @most;

-- name: EvidenceAfter :one
SELECT CAST(COALESCE(MIN(due_at), 0) AS BIGINT) FROM evidence WHERE due_at > 0 AND due_at > @now;
