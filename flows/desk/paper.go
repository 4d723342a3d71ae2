package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// recording is the dialog in which staff say how and when they sent what heed
// had prepared.
func (k Case) recording() []bot.Block {
	h := k.House
	var ways []bot.Option
	for _, w := range append(append([]string(nil), h.Ways(k.C)...), casework.NotSent) {
		ways = append(ways, bot.Option{ID: w, Label: h.D(locales.Key("staff.way." + w))})
	}
	here := k.Now.In(k.pol().Zone)
	f := bot.Form{ID: "how", Kind: "choice", Label: h.D(locales.StaffFieldHow), Options: ways}
	came := map[bot.Channel]string{"office": "in_person", "form": "email"}[k.C.Channel]
	for _, w := range ways {
		// As the complaint came, where that can be.
		if w.ID == string(k.C.Channel) || w.ID == came {
			f.Initial = w.ID
		}
	}
	return []bot.Block{
		field(f),
		field(bot.Form{ID: "date", Kind: "date", Label: h.D(locales.StaffFieldSentDate), Initial: here.Format(time.DateOnly)}),
		field(bot.Form{ID: "time", Kind: "time", Label: h.D(locales.StaffFieldTime), Hint: zoneHint(h, k.pol()), Initial: here.Format("15:04")}),
	}
}

// recorded checks that dialog; at is in the policy's zone.
func (k Case) recorded(out string, v map[string]string) (at time.Time, errs map[string]string) {
	h := k.House
	at, errs = k.when(v)
	if len(errs) == 0 && !recordable(k.C, out, at) {
		errs["date"] = h.D(locales.StaffErrorBefore)
	}
	if !slices.Contains(append(h.Ways(k.C), casework.NotSent), v["how"]) {
		errs["how"] = h.D(locales.StaffErrorHow)
	}
	return at, errs
}

// when reads a day and a time in the past.
func (k Case) when(v map[string]string) (at time.Time, errs map[string]string) {
	errs = map[string]string{}
	at, err := instant(k.pol().Zone, v["date"], v["time"])
	switch {
	case err != nil:
		errs["date"] = k.House.D(locales.StaffErrorDate)
	case at.After(k.Now):
		errs["date"] = k.House.D(locales.StaffErrorFuture)
	}
	return at, errs
}

// recordable tells whether a message can have been sent then: not before it was
// prepared, to the minute.
func recordable(c *bot.Complaint, out string, at time.Time) bool {
	prepared, ok := casework.PreparedAt(c, out)
	return !ok || !at.Before(prepared.Truncate(time.Minute))
}

// record takes what staff say of a prepared message.
func (h hand) record() {
	at, err := time.Parse(time.RFC3339, h.act.Fields["at"])
	how, o := h.act.Fields["how"], h.S.Out
	switch {
	case err != nil || o == nil:
		h.Private(h.Aside().D(locales.StaffNoMessage), "")
		return
	case at.After(h.S.Now) || !recordable(h.c, o.ID, at):
		h.Private(h.Aside().D(locales.StaffErrorBefore), "")
		return
	case !slices.Contains(append(h.Ways(h.c), casework.NotSent), how):
		h.Private(h.Aside().D(locales.StaffErrorHow), "")
		return
	}
	// Of a minute only the beginning is written down: nothing was sent before it
	// was there.
	if prepared, ok := casework.PreparedAt(h.c, o.ID); ok && at.Before(prepared) {
		at = prepared
	}
	kind, _, meant := saying(h.c, o.ID)
	if !h.Recording(h.c, how, at, h.act.By) {
		h.Private(h.Aside().D(locales.StaffDoubtOver), "")
		return
	}
	if how == casework.NotSent {
		return
	}
	h.Keep(h.c, o.Counts, at)
	conductTold(h.Work, h.c, o.ID, at)
	if meant {
		arrived(h.Work, h.c, kind, at)
	}
}

// What a customer without a chat can have told us, besides disagreeing in one
// of the policy's ways.
const (
	heardMore      = "more"
	heardAccepts   = "accepts"
	heardWithdraws = "withdraws"
)

// hearable lists what such a customer can have told us now.
func hearable(h *casework.House, c *bot.Complaint) []string {
	list := []string{heardMore}
	if c.Stage == bot.Decided {
		list = append(list, heardAccepts)
	}
	if h.MayDispute(c) {
		list = append(list, h.Pack(c.Policy).Disputes...)
	}
	if c.Stage.Open() {
		list = append(list, heardWithdraws)
	}
	return list
}

// hearing is the dialog in which staff take down what a customer without a chat
// said or wrote since, and when it came.
func (k Case) hearing() []bot.Block {
	h := k.House
	var what []bot.Option
	for _, id := range hearable(h, k.C) {
		o := bot.Option{ID: id}
		switch id {
		case heardMore:
			o.Label = h.D(locales.StaffHeardMore)
		case heardAccepts:
			o.Label = h.D(locales.StaffHeardAccepts)
		case heardWithdraws:
			o.Label = h.D(locales.StaffHeardWithdraws)
		default:
			o.Label = h.D(locales.StaffHeardDisputes, "Way", h.D(locales.Key("dispute."+id)))
		}
		what = append(what, o)
	}
	here := k.Now.In(k.pol().Zone)
	return []bot.Block{
		field(bot.Form{ID: "what", Kind: "choice", Label: h.D(locales.StaffFieldHeard), Options: what, Initial: heardMore}),
		field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldTheirWords)}),
		field(bot.Form{ID: "date", Kind: "date", Label: h.D(locales.StaffFieldDate), Initial: here.Format(time.DateOnly)}),
		field(bot.Form{ID: "time", Kind: "time", Label: h.D(locales.StaffFieldTime), Hint: zoneHint(h, k.pol()), Initial: here.Format("15:04")}),
	}
}

// said checks that dialog.
func (k Case) said(v map[string]string) (at time.Time, errs map[string]string) {
	h := k.House
	at, errs = k.when(v)
	if len(errs) == 0 && at.Add(time.Minute).Before(k.C.Received) {
		errs["date"] = h.D(locales.StaffErrorBeforeIt)
	}
	if !slices.Contains(hearable(h, k.C), v["what"]) {
		errs["what"] = h.D(locales.StaffErrorHeard)
	}
	if v["what"] == heardMore && strings.TrimSpace(locales.Clean(v["words"])) == "" {
		errs["words"] = h.D(locales.StaffErrorTheirWords)
	}
	return at, errs
}

// heard puts it into the complaint, as if the customer had written it then.
func (h hand) heard() {
	words, what := strings.TrimSpace(h.act.Fields["words"]), h.act.Fields["what"]
	at, err := time.Parse(time.RFC3339, h.act.Fields["at"])
	if err != nil || at.After(h.S.Now) || !slices.Contains(hearable(h.House, h.c), what) {
		h.Private(h.Aside().D(locales.StaffNotNow, "Stage", h.Aside().D(locales.Key("stage."+string(h.c.Stage)))), words)
		return
	}
	h.S.Input.At = at
	switch what {
	case heardMore:
	case heardAccepts:
		h.Accepted(h.c)
	case heardWithdraws:
		h.Withdrawn(h.c)
	default:
		h.Disputes(h.c, "customer", what)
	}
	if words == "" {
		return
	}
	if dates := h.Added(h.c, []bot.Part{{Text: words, At: at}}, nil); dates != "" {
		h.Say(h.T(locales.LetterReply, "Ref", string(h.c.Ref))+"\n\n"+dates, nil, casework.Said{About: "dates", Complaint: h.c})
	}
}

// code prepares a code by which the customer can link a messenger.
func (h hand) code() {
	code := h.Linking(h.c)
	text := h.T(locales.CodeText, "Ref", string(h.c.Ref), "Code", code)
	if url := h.PolicyOf(h.c).Links["chat"]; url != "" {
		text += "\n\n" + url
	}
	h.Say(text, nil, casework.Said{About: "code", Complaint: h.c})
}
