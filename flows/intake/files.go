package intake

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// take makes rows of the files in the input: wanted, or refused at once where
// that is plain already. It gives the ids of those taken and what to tell the
// customer of the others.
func (t talk) take(ref bot.Ref) (taken []string, refused []string) {
	for _, f := range t.S.Input.Files {
		why := ""
		switch {
		case f.Size == 0:
			why = bot.WhyEmpty
		case t.S.Features.FileMax > 0 && f.Size > t.S.Features.FileMax:
			why = bot.WhyBig
		case bot.HarmfulName(f.Name):
			why = bot.WhyType
		}
		if why == "" {
			taken = append(taken, t.Wanted(f, ref).ID)
			continue
		}
		e := t.Refused(f, ref, why)
		refused = append(refused, t.Refusal(e))
		if c := t.Complaint(ref); c != nil {
			c.Files = append(c.Files, e.ID)
			t.Touch(c)
			t.Line(c, t.D(locales.StaffFileNot, "Why", t.D(locales.Key("staff.file."+why))))
		}
	}
	return taken, refused
}

// answerFiles takes files for the draft: as the answer where files are asked
// for, else as evidence; a caption is words.
func (t talk) answerFiles(q bot.Question, more bool, caption string) {
	taken, refused := t.take("")
	target := "evidence"
	if more && (q.Type == "files" || q.Type == "text_or_files") {
		target = q.ID
	}
	if len(taken) > 0 {
		t.put(target, func(a *bot.Answer) {
			a.Files = append(a.Files, taken...)
			a.Skipped = false
			if target == "evidence" && (!more || q.ID != target) {
				// What comes unasked does not answer the question in advance,
				// unless it has been asked already.
				a.Done = a.Done || !more
			}
		})
	}
	voice := len(t.S.Input.Files) > 0 && t.S.Input.Files[0].Kind == "voice"
	if caption != "" {
		t.caption(q, more, caption)
	}
	if t.gathers("", taken, refused) {
		return
	}
	n := len(taken)
	if more && target == q.ID {
		n = 0 // the question itself says how many there are
	}
	before := t.filesTaken(n, refused)
	if voice && caption == "" && len(taken) > 0 {
		before = t.T(locales.FilesVoice)
	}
	t.ask(before)
}

// caption puts the words under a picture where words belong.
func (t talk) caption(q bot.Question, more bool, text string) {
	id := "summary"
	if more && (several(q) || q.Type == "text") {
		id = q.ID
	}
	t.put(id, func(a *bot.Answer) {
		a.Parts = append(a.Parts, t.part(text))
		if id == q.ID && !several(q) {
			a.Done = true
		}
	})
	if id == q.ID && !several(q) {
		t.answered(id)
	}
}

func (t talk) filesTaken(n int, refused []string) string {
	var lines []string
	if n > 0 {
		lines = append(lines, t.TN(locales.FilesTaken, n))
	}
	return strings.Join(append(lines, refused...), "\n")
}

// gathers keeps an album together: its parts are answered once, when it has
// been quiet. It is false for files that are no album. ref is the complaint
// they went to, if any.
func (t talk) gathers(ref bot.Ref, taken, refused []string) bool {
	g := t.S.Input.Group
	if g == "" {
		return false
	}
	a := t.Customer.Albums[g]
	a.Ref = ref
	a.Files = append(a.Files, taken...)
	a.Refused = append(a.Refused, refused...)
	if t.Customer.Albums == nil {
		t.Customer.Albums = map[string]bot.Album{}
	}
	t.Customer.Albums[g] = a
	t.Set(bot.Timer{Key: timerAlbum + ":" + g, Kind: timerAlbum, Due: t.S.Now.Add(t.AlbumQuiet), Group: g})
	return true
}

const timerAlbum = "album"

// album answers a complete album.
func (t talk) album(group string) {
	a, ok := t.Customer.Albums[group]
	if !ok {
		return
	}
	delete(t.Customer.Albums, group)
	before := t.filesTaken(len(a.Files), a.Refused)
	c := t.owner(a.Files)
	if c == nil {
		c = t.Complaint(a.Ref)
	}
	switch {
	case t.Customer.Language == "":
		t.askLanguage()
	case c != nil && len(a.Files) == 0:
		t.confirm(c, before, "", a.Refused)
	case c != nil:
		t.confirm(c, before+"\n"+t.AddedTo(c), "", a.Refused)
	case c == nil && slices.Contains(t.Customer.Informs, a.Ref):
		t.passed(a.Ref)
	case t.Customer.Held != nil && len(t.OpenComplaints())+len(t.Customer.Informs) > 0:
		t.askWhich(before)
	case t.Customer.Held != nil:
		t.say(before, nil, "notice")
		t.giveDraft()
	case t.Customer.Draft != nil:
		if q, more := t.flow().Next(t.Customer.Draft.Answers); more && len(a.Files) > 0 && slices.Contains(t.Customer.Draft.Answers[q.ID].Files, a.Files[0]) {
			before = t.filesTaken(0, a.Refused) // the question itself says how many there are
		}
		t.ask(before)
	default:
		t.say(before, nil, "notice")
	}
}

// owner is the complaint that the files went to; nil if none has them.
func (t talk) owner(ids []string) *bot.Complaint {
	for _, c := range t.Complaints() {
		for _, id := range ids {
			if slices.Contains(c.Files, id) {
				return c
			}
		}
	}
	return nil
}
