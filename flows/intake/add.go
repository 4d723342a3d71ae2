package intake

import (
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// unasked takes words and files that come when nothing is being asked: they
// belong to the complaint that is open, or begin a new account. focus is where
// the last ones went, of someone for whom complaints are made.
func (t talk) unasked(text string, focus bot.Ref) {
	if t.informedOf(text, focus) {
		return
	}
	open := t.OpenComplaints()
	switch len(open) {
	case 0:
		if c := t.lately(); c != nil && t.S.Input.Group == "" {
			t.hold(text)
			t.askClosed(c)
			return
		}
		if said(text) <= smallTalk && len(t.S.Input.Files) == 0 {
			t.smallTalk(text)
			return
		}
		t.begin()
		if !t.Customer.Greeted {
			t.greet()
		}
		if len(t.S.Input.Files) > 0 {
			q, more := t.flow().Next(t.Customer.Draft.Answers)
			t.answerFiles(q, more, text)
			return
		}
		t.put("summary", func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
		t.ask(t.T(locales.AskNoted))
	case 1:
		if t.walledLately() != nil && open[0].Wall == nil {
			// They may be about a member of staff, who sees the open one.
			if !t.hold(text) {
				t.askWhich("")
			}
			return
		}
		if t.Customer.Held != nil {
			t.giveTo(open[0])
		}
		t.add(open[0], text)
	default:
		if !t.hold(text) {
			t.askWhich("")
		}
	}
}

// hold keeps words and files until the customer says where they belong. It
// tells whether they are part of an album, to be answered when that is
// complete.
func (t talk) hold(text string) (gathering bool) {
	h := t.Customer.Held
	if h == nil {
		h = &bot.Held{}
	}
	if text != "" {
		h.Parts = append(h.Parts, t.part(text))
	}
	taken, refused := t.take("")
	h.Files = append(h.Files, taken...)
	if len(h.Parts)+len(h.Files) > 0 {
		t.Customer.Held = h
		t.Set(bot.Timer{Key: timerHeld, Kind: timerHeld, Due: t.S.Now.Add(heldFor)})
	}
	if t.gathers("", taken, refused) {
		return true
	}
	if len(refused) > 0 {
		t.say(t.filesTaken(len(taken), refused), nil, "notice")
	}
	return false
}

// askWhich asks which complaint the held words and files belong to.
func (t talk) askWhich(before string) {
	text := t.T(locales.AddWhich)
	if len(t.Customer.Informs) == 1 && len(t.OpenComplaints()) == 0 {
		text = t.T(locales.InformWhich)
	}
	if before != "" {
		text = before + "\n\n" + text
	}
	cs := append(t.complaintChoices("give"), t.informChoices("give")...)
	if c := t.walledLately(); c != nil {
		cs = append(cs, t.Button(string(c.Ref), bot.Action{Verb: "give", Ref: c.Ref}))
	}
	cs = append(cs, t.Button(t.T(locales.AddNew), bot.Action{Verb: "give_new"}))
	t.Say(text, cs, casework.Said{About: "question", Wide: true})
}

// smallTalk is how short words are, in letters, that may be a mere greeting or
// thanks.
const smallTalk = 10

// smallTalk answers a word or two that may be no complaint at all. They wait:
// should a complaint be begun, they are its first words.
func (t talk) smallTalk(text string) {
	h := t.Customer.Held
	if h == nil {
		h = &bot.Held{}
	}
	h.Parts = append(h.Parts, t.part(text))
	t.Customer.Held = h
	if !t.Customer.Greeted {
		t.greet()
	}
	t.Customer.Confirm = &bot.Action{Verb: "complain"}
	t.say(t.T(locales.AskStart), []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}, "question")
}

// lately is the complaint that was closed not long ago: words that come now may
// well be about it. nil if there is none.
func (t talk) lately() *bot.Complaint {
	var newest *bot.Complaint
	for _, c := range t.Complaints() {
		if c.Stage == bot.Closed && t.S.Now.Sub(c.ClosedAt) < closedFor && (newest == nil || c.ClosedAt.After(newest.ClosedAt)) {
			newest = c
		}
	}
	return newest
}

// walledLately is a complaint about a member of staff that was closed not long
// ago; nil if there is none.
func (t talk) walledLately() *bot.Complaint {
	for _, c := range t.Complaints() {
		if c.Wall != nil && c.Stage == bot.Closed && t.S.Now.Sub(c.ClosedAt) < closedFor {
			return c
		}
	}
	return nil
}

// closedFor is how long after closing a customer is asked whether words are
// about the closed complaint.
const closedFor = 30 * 24 * time.Hour

func (t talk) askClosed(c *bot.Complaint) {
	t.Say(t.T(locales.AddClosed, "Ref", string(c.Ref)), []bot.Choice{
		t.Button(string(c.Ref), bot.Action{Verb: "give", Ref: c.Ref}),
		t.Button(t.T(locales.AddNew), bot.Action{Verb: "give_new"}),
	}, casework.Said{About: "question", Complaint: c, Wide: true})
}

func (t talk) complaintChoices(verb string) []bot.Choice {
	var cs []bot.Choice
	for _, c := range t.OpenComplaints() {
		label := string(c.Ref)
		if s := t.Topic(t.PolicyOf(c), t.Lang(), c.Topic); s != "" {
			label += " · " + s
		}
		cs = append(cs, t.Button(label, bot.Action{Verb: verb, Ref: c.Ref}))
	}
	return cs
}

// takeHeld finds a place for held words: in the draft, in the only open
// complaint, or in a new account.
func (t talk) takeHeld() {
	switch {
	case t.Customer.Held == nil:
		t.again()
	case t.Customer.Draft == nil && len(t.OpenComplaints())+len(t.Customer.Informs) > 0:
		t.askWhich("")
	default:
		t.giveDraft()
	}
}

// giveDraft puts held words and files into a draft, begun if need be.
func (t talk) giveDraft() {
	before := ""
	if t.Customer.Held != nil {
		before = t.T(locales.AskNoted)
	}
	if d := t.Customer.Draft; d == nil {
		t.begin()
	} else if h := t.Customer.Held; h != nil {
		t.release()
		t.put("summary", func(a *bot.Answer) { a.Parts = append(a.Parts, h.Parts...) })
		t.put("evidence", func(a *bot.Answer) { a.Files = append(a.Files, h.Files...) })
	}
	t.ask(before)
}

// release takes the held words and files out of waiting.
func (t talk) release() {
	if t.Customer.Held != nil {
		t.Customer.Held = nil
		t.Stop(timerHeld)
	}
}

// give puts held words and files into the complaint the customer chose.
func (t talk) give(ref bot.Ref) {
	if t.passHeld(ref) {
		return
	}
	c := t.Complaint(ref)
	if t.Customer.Held == nil || c == nil || c.Stage == bot.Withdrawn {
		t.status(ref)
		return
	}
	if t.giveUnshown(c) {
		return
	}
	if c.Stage == bot.Closed {
		t.Escalated(c, "", t.D(locales.StaffClosedWrote), t.Managers)
		t.giveTo(c)
		t.Say(t.T(locales.AddDoneClosed, "Ref", string(c.Ref)), Disputes(t.Work, c), casework.Said{About: "added", Complaint: c})
		t.again()
		return
	}
	dates := t.giveTo(c)
	t.confirm(c, t.AddedTo(c), dates, nil)
	t.again()
}

func (t talk) giveTo(c *bot.Complaint) (dates string) {
	h := t.Customer.Held
	t.release()
	t.Hears(c)
	if _, shut := t.Shut(c); shut {
		return t.Unshow(c, h.Parts, h.Files)
	}
	return t.Added(c, h.Parts, h.Files)
}

// timerHeld wakes a lane whose customer never said where words belong.
const timerHeld = "held"

// heldFor is how long such words wait.
const heldFor = 2 * time.Hour

// held gives words that nobody placed to the newest open complaint, and tells
// staff so; where there is none they begin an account.
func (t talk) held() {
	if t.Customer.Held == nil {
		return
	}
	if t.Customer.Language == "" {
		t.Customer.Language = t.Lang()
	}
	open := t.OpenComplaints()
	if len(open) == 0 {
		if n := len(t.Customer.Informs); n > 0 && t.passHeld(t.Customer.Informs[n-1]) {
			return
		}
		if c := t.lately(); c != nil {
			t.Line(c, t.D(locales.StaffClosedWrote))
			t.giveTo(c)
			return
		}
		t.giveDraft()
		return
	}
	c := casework.Newest(open)
	if x := t.walledLately(); x != nil && c.Wall == nil {
		t.Escalated(x, "", t.D(locales.StaffClosedWrote), t.Managers)
		t.giveTo(x)
		return
	}
	c = t.unplaced(open)
	if _, shut := t.Shut(c); !shut {
		t.Line(c, t.D(locales.StaffHeld))
	}
	dates := t.giveTo(c)
	t.confirm(c, t.AddedTo(c), dates, nil)
}

// unplaced is the open complaint that words without a place go to: the newest
// in which they are shown; but where they may be for a walled one in which they
// are not, that one.
func (t talk) unplaced(open []*bot.Complaint) *bot.Complaint {
	var shown []*bot.Complaint
	for _, c := range open {
		_, shut := t.Shut(c)
		switch {
		case shut && c.Wall != nil:
			return c
		case !shut:
			shown = append(shown, c)
		}
	}
	if len(shown) == 0 {
		shown = open
	}
	return casework.Newest(shown)
}

// addTo lets the customer choose the complaint that the next message goes to.
func (t talk) addTo(ref bot.Ref) {
	open := t.OpenComplaints()
	if ref == "" && len(open) == 1 {
		ref = open[0].Ref
	}
	if c := t.Complaint(ref); c != nil && c.Stage.Open() {
		m, shut := t.Shut(c)
		t.Customer.Focus = ref
		if shut {
			if c.Stage == bot.Disputed {
				t.Customer.Focus = "" // that is for what they say after disagreeing
			}
			t.saysUnshown(c, m)
			return
		}
		t.Say(t.T(locales.AddNow, "Ref", string(ref)), nil, casework.Said{About: "question", Complaint: c})
		return
	}
	if len(open) == 0 {
		t.say(t.T(locales.AddNone), []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}, "notice")
		return
	}
	t.Say(t.T(locales.AddChoose), t.complaintChoices("add"), casework.Said{About: "question", Wide: true})
}

// add takes this message for the complaint.
func (t talk) add(c *bot.Complaint, text string) {
	t.Hears(c)
	if _, shut := t.Shut(c); shut {
		t.keep(c, text)
		return
	}
	taken, refused := t.take(c.Ref)
	var parts []bot.Part
	if text != "" {
		parts = []bot.Part{t.part(text)}
	}
	dates := t.Added(c, parts, taken)
	if t.gathers(c.Ref, taken, refused) {
		return
	}
	answer := t.AddedTo(c)
	if fs := t.S.Input.Files; text == "" && len(taken) > 0 && fs[0].Kind == "voice" {
		answer += "\n" + t.T(locales.FilesVoice)
	} else if len(t.S.Input.Files) > 0 {
		if s := t.filesTaken(len(taken), refused); s != "" {
			answer = s
			if len(taken) > 0 || text != "" {
				answer += "\n" + t.AddedTo(c)
			}
		}
	}
	t.confirm(c, answer, dates, refused)
	t.again()
}

// running adds the dates of promises that waited for the customer and run
// again.
func running(answer, dates string) string {
	if dates == "" {
		return answer
	}
	return answer + "\n\n" + dates
}
