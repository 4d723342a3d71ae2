package desk

import (
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
func (k Case) recorded(v map[string]string) (at time.Time, errs map[string]string) {
	h := k.House
	at, err := instant(k.pol().Zone, v["date"], v["time"])
	errs = map[string]string{}
	switch {
	case err != nil:
		errs["date"] = h.D(locales.StaffErrorDate)
	case at.After(k.Now):
		errs["date"] = h.D(locales.StaffErrorFuture)
	case at.Add(time.Minute).Before(k.C.Received):
		errs["date"] = h.D(locales.StaffErrorBefore)
	}
	if v["how"] == "" {
		errs["how"] = h.D(locales.StaffErrorHow)
	}
	return at, errs
}

// record takes what staff say of a prepared message.
func (h hand) record() {
	at, err := time.Parse(time.RFC3339, h.act.Fields["at"])
	o := h.S.Out
	if err != nil || o == nil {
		h.Private(h.D(locales.StaffNoMessage), "")
		return
	}
	kind, _, meant := saying(h.c, o.ID)
	if !h.Recording(h.c, h.act.Fields["how"], at, h.act.By) {
		h.Private(h.D(locales.StaffDoubtOver), "")
		return
	}
	if h.act.Fields["how"] == casework.NotSent {
		return
	}
	h.Keep(h.c, o.Counts, at)
	if meant {
		arrived(h.Work, h.c, kind, at)
	}
}

// hearing is the dialog in which staff take down what a customer without a chat
// said or wrote since.
func (k Case) hearing() []bot.Block {
	h := k.House
	what := []bot.Option{{ID: "more", Label: h.D(locales.StaffHeardMore)}}
	if k.C.Stage == bot.Decided {
		what = append(what, bot.Option{ID: "accepts", Label: h.D(locales.StaffHeardAccepts)})
	}
	if h.MayDispute(k.C) {
		for _, way := range k.pol().Disputes {
			what = append(what, bot.Option{ID: way, Label: h.D(locales.StaffHeardDisputes, "Way", h.D(locales.Key("dispute."+way)))})
		}
	}
	return []bot.Block{
		field(bot.Form{ID: "what", Kind: "choice", Label: h.D(locales.StaffFieldHeard), Options: what, Initial: "more"}),
		field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldTheirWords)}),
	}
}

// heard puts it into the complaint, as if the customer had written it.
func (h hand) heard() {
	words, what := strings.TrimSpace(h.act.Fields["words"]), h.act.Fields["what"]
	switch {
	case what == "accepts":
		h.Accepted(h.c)
	case what != "more" && (!h.MayDispute(h.c) || !h.Disputes(h.c, "customer", what)):
		h.Private(h.D(locales.StaffNotNow, "Stage", h.D(locales.Key("stage."+string(h.c.Stage)))), words)
		return
	}
	if words == "" {
		return
	}
	if dates := h.Added(h.c, []bot.Part{{Text: words, At: h.S.Input.At}}, nil); dates != "" {
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
