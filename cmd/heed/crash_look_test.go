package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/storage"
)

// look compares, when all is over, what is kept with what customers and staff
// did and saw.
func (c *crash) look() {
	store, err := storage.Open(c.t.Context(), filepath.Join(c.dir, "heed.db"), storage.Options{})
	if err != nil {
		c.t.Fatal(err)
	}
	defer store.Close()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(c.dir, "heed.db")+"?_query_only=1")
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	if n, err := store.Aside(c.t.Context()); n != 0 || err != nil {
		c.t.Errorf("%d inputs are set aside: %v", n, err)
	}
	if n, err := store.Waiting(c.t.Context()); n != 0 || err != nil {
		c.t.Errorf("%d inputs wait: %v", n, err)
	}
	for _, row := range c.rows(db, `SELECT state || ' ' || class || ' ' || channel || ' ' || kind || ' ' || why FROM outbox
		WHERE state IN ('queued', 'sending') OR state = 'failed' AND class <> 'fleeting'`) {
		c.t.Errorf("a message is left: %s", row)
	}
	if n := c.rows(db, `SELECT id FROM evidence WHERE state <> 'kept'`); len(n) > 0 {
		c.t.Errorf("files are not kept: %v", n)
	}
	if secret := leaked(c.stderr.String(), "Zofi", "Internet", "Dzwoni", "opłat", "umowa.pdf", "sandbox-token", c.slack.BotToken, c.slack.AppToken); secret != "" {
		c.t.Errorf("the log holds %q", secret)
	}
	cards := map[string]int{}
	outs := map[string]int{}
	for _, p := range c.everyPost() {
		if ref := refForm.FindString(p.Text); p.ThreadTS == "" && strings.HasPrefix(p.Text, "Complaint ") {
			cards[ref]++
		}
		var m struct {
			Payload struct{ Out string } `json:"event_payload"`
		}
		if json.Unmarshal(p.Metadata, &m) == nil && m.Payload.Out != "" {
			if outs[m.Payload.Out]++; outs[m.Payload.Out] > 1 {
				c.t.Errorf("posted twice: %s", p.Text)
			}
		}
	}
	if len(cards) != len(c.ends) {
		c.t.Errorf("%d complaints have cards, %d were made", len(cards), len(c.ends))
	}
	for _, e := range c.ends {
		if cards[e.ref] != 1 {
			c.t.Errorf("complaint %s has %d cards", e.ref, cards[e.ref])
		}
		c.complaint(store, db, e)
		c.chat(db, e)
	}
}

// everyPost lists the desk's posts, those of threads too.
func (c *crash) everyPost() []sandbox.Post {
	var all []sandbox.Post
	for _, p := range c.slack.Posts(deskChannel) {
		all = append(all, c.slack.Thread(deskChannel, p.TS)...)
	}
	return all
}

func (c *crash) rows(db *sql.DB, query string, args ...any) (out []string) {
	c.t.Helper()
	rows, err := db.QueryContext(c.t.Context(), query, args...)
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			c.t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// eyes see what is at the desk.
var eyes = bot.Sight{Staff: managerMia, Rank: bot.RankManager}

// complaint checks what is kept of one complaint: its files, its history, its
// promises.
func (c *crash) complaint(store *storage.Store, db *sql.DB, e ending) {
	ctx := c.t.Context()
	k, _, ok, err := store.Complaint(ctx, bot.Ref(e.ref))
	if err != nil || !ok {
		c.t.Errorf("complaint %s is lost: %v", e.ref, err)
		return
	}
	events, err := store.EventsOf(ctx, k.Ref)
	if err == nil {
		err = bot.Verify(events)
	}
	if err != nil || len(events) != k.Events {
		c.t.Errorf("complaint %s has %d events of %d: %v", e.ref, len(events), k.Events, err)
	}
	card := ""
	if _, card, err = store.As(eyes).CardOf(ctx, k.Ref); err != nil || card == "" {
		c.t.Errorf("complaint %s knows no card: %v", e.ref, err)
	}
	c.files(store, e, card)
	words := ""
	for _, p := range c.slack.Thread(deskChannel, card) {
		words += texts(p.Blocks) + "\n"
	}
	for _, s := range []string{"Internet nie działa", "Dzwoniłam dwa razy", "Nikt nie oddzwonił", "+48 600 700 800", "rachunek też jest zły"} {
		if !strings.Contains(words, s) {
			c.t.Errorf("complaint %s: the thread does not show %q", e.ref, s)
		}
	}
	if len(k.Promises) != 3 {
		c.t.Errorf("complaint %s has %d promises, not 3", e.ref, len(k.Promises))
	}
	overdue := 0
	for _, v := range events {
		if v.Kind == bot.EvOverdue {
			overdue++
		}
	}
	mentions := 0
	for _, p := range c.slack.Mentions(managerMia) {
		if p.ThreadTS == card {
			mentions++
		}
	}
	if mentions != overdue {
		c.t.Errorf("complaint %s: managers were told %d times of %d overdue promises", e.ref, mentions, overdue)
	}
	now := time.Now()
	for _, p := range k.Promises {
		timers := c.rows(db, `SELECT key FROM timers WHERE key LIKE ?`, fmt.Sprintf("promise_%%:%s:%s:%d", e.ref, p.ID, p.Round))
		called := slices.ContainsFunc(events, func(v bot.Event) bool { return v.Kind == bot.EvOverdue && v.Data["promise"] == p.ID })
		switch {
		case p.Verdict == bot.Open && !e.neglected:
			c.t.Errorf("complaint %s was decided, promise %s is open", e.ref, p.ID)
		case p.Verdict == bot.Open && p.Due.After(now) && len(timers) == 0:
			c.t.Errorf("complaint %s: nothing watches over promise %s", e.ref, p.ID)
		case p.Verdict == bot.Open && p.Due.Before(now.Add(-5*time.Second)) && !called:
			c.t.Errorf("complaint %s: managers do not know that %s is overdue since %v", e.ref, p.ID, now.Sub(p.Due))
		case p.Verdict != bot.Open && (p.Met.IsZero() || p.Judge(p.Met) != p.Verdict || len(timers) > 0):
			c.t.Errorf("complaint %s: promise %s is %s, met %v, due %v, timers %v", e.ref, p.ID, p.Verdict, p.Met, p.Due, timers)
		}
	}
}

// files compares the bytes that were sent with those kept and those staff see.
func (c *crash) files(store *storage.Store, e ending, card string) {
	ctx := c.t.Context()
	rows, err := store.As(eyes).EvidenceOf(ctx, bot.Ref(e.ref))
	if err != nil {
		c.t.Fatal(err)
	}
	bucket, err := evidence.OpenBucket(ctx, "file://"+filepath.Join(c.dir, "heed-evidence"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer bucket.Close()
	kept := map[string]int{}
	for _, f := range rows {
		b, err := bucket.ReadAll(ctx, f.Blob)
		sum := sha256.Sum256(b)
		if got := hex.EncodeToString(sum[:]); err != nil || got != f.SHA256 {
			c.t.Errorf("complaint %s: file %s is not as it came: %v", e.ref, f.ID, err)
		}
		kept[f.SHA256]++
	}
	if !reflect.DeepEqual(kept, e.files) {
		c.t.Errorf("complaint %s: kept are %v, sent were %v", e.ref, kept, e.files)
	}
	shown := map[string]int{}
	for _, p := range c.slack.Thread(deskChannel, card) {
		for _, f := range p.Files {
			_, b, _ := c.slack.File(f.ID)
			sum := sha256.Sum256(b)
			shown[hex.EncodeToString(sum[:])]++
		}
	}
	for sum := range e.files {
		if shown[sum] == 0 {
			c.t.Errorf("complaint %s: a file is not in the thread", e.ref)
		}
	}
	if len(shown) != len(e.files) {
		c.t.Errorf("complaint %s: %d files in the thread, %d were sent", e.ref, len(shown), len(e.files))
	}
}

// chat checks that the customer was told everything, a person's words once,
// and the program's twice only where a kill left it in doubt.
func (c *crash) chat(db *sql.DB, e ending) {
	phone := c.telegram.Phone(sandbox.User{ID: e.customer, FirstName: "Zofia", LanguageCode: "pl"})
	for _, s := range e.human {
		if n := told(phone, s); n != 1 {
			c.t.Errorf("customer %d was told %d times by a person: %s", e.customer, n, s)
		}
	}
	for _, s := range e.slip {
		if told(phone, s) == 0 {
			c.t.Errorf("customer %d was not told: %s", e.customer, s)
		}
	}
	var mine []sandbox.Message
	for _, m := range phone.Messages() {
		if m.FromBot {
			mine = append(mine, m)
		}
	}
	repeats, unexplained := 0, 0
	for i := 1; i < len(mine); i++ {
		a, b := mine[i-1], mine[i]
		if a.Text != b.Text || !reflect.DeepEqual(a.Buttons, b.Buttons) {
			continue
		}
		repeats++
		if !slices.ContainsFunc(c.kills, func(k time.Time) bool { return !k.Before(a.At) && !k.After(b.At) }) {
			unexplained++
		}
	}
	if unexplained > c.drops {
		c.t.Errorf("customer %d: %d messages came twice without a kill between", e.customer, unexplained)
	}
	c.repeats += repeats
	c.doubts += len(c.rows(db, `SELECT id FROM outbox WHERE channel = 'telegram' AND chat = ? AND state = 'possibly_sent'`, fmt.Sprint(e.customer)))
	resent := 0
	for _, n := range e.resent {
		resent += n
	}
	rows := c.rows(db, `SELECT id FROM outbox WHERE channel = 'telegram' AND kind = 'message' AND chat = ? AND state IN ('sent', 'possibly_sent')`, fmt.Sprint(e.customer))
	if len(mine)-repeats != len(rows)-resent {
		c.t.Errorf("customer %d has %d messages, of them %d repeated; %d were written, of them %d sent again by staff", e.customer, len(mine), repeats, len(rows), resent)
	}
}

// leaked gives the first of the secrets that the log holds.
func leaked(log string, secrets ...string) string {
	for _, s := range secrets {
		if strings.Contains(log, s) {
			return s
		}
	}
	return ""
}
