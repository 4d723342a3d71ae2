package policy

import (
	"cmp"
	"slices"
	"strings"
)

// textKey is a key of texts, or a family of them: "topic.<topic>".
type textKey struct {
	key     string
	program string // has the program words of its own, which these replace: "yes", "for usual ones", or ""
	staff   bool   // only staff see it
	// own says that where a language lacks it, what the program itself has in that language is shown: its words, or the
	// time as UTC has it. Else the pack's words in another of its languages go before those.
	own   bool
	means string
}

const yes, usual = "yes", "for usual ones"

// filledLater are the placeholders of letter.* that are filled in when it is sent.
var filledLater = []string{"{date}", "{ref}"}

var textKeys = []textKey{
	{key: "company", means: "The company's name, as customers know it."},
	{key: "zone", own: true, means: "The time zone in words, shown behind times of day: London time."},
	{key: "urgent", means: "A line shown first of all, for people in danger. It can name the {hotline}."},
	{key: "who", means: "Who may complain, as a sentence."},
	{key: "policy", means: "The policy in a few sentences, shown with the first dates and on request."},
	{key: "dispute", program: yes, own: true, means: "What customers can do who disagree with the answer."},
	{key: "privacy", program: yes, means: "How you use what customers tell you."},
	{key: "guidance", staff: true, means: "Advice to staff for every case."},
	{key: "guidance.<topic>", staff: true, means: "Advice to staff for cases about the topic."},
	{key: "topic.<topic>", means: "The topic as a choice."},
	{key: "ask.<question>", program: usual, means: "The question as it is asked."},
	{key: "label.<question>", program: usual, means: "The question's short name, before its answer; of what staff fill in at closing too."},
	{key: "option.<question>.<option>", program: usual, means: "The option as a choice."},
	{key: "promise.<promise>", program: yes, means: "What the customer gets by that date: Our formal answer."},
	{key: "notice.<external>", means: "What a customer is told at intake about the body, if the topic has it as its notice."},
	{key: "external.<external>", means: "The body's name, as it stands inside a sentence."},
	{key: "letter.<external>", program: yes, means: "The letter that sends the customer to the body. {date} and {ref} are filled in when it is sent: the day on which the complaint was received, and its reference."},
	{key: "refused.<channel>", program: yes, means: "What people are told who come by a refused way."},
	{key: "reason.<reason>", program: usual, means: "The reason for declining, as a sentence to the customer."},
	{key: "link.<link>", program: yes, means: "The words of the link."},
	{key: "role.<role>", means: "Who that is, for customers: our complaints manager."},
	{key: "survey.ask", program: yes, means: "The question whether they are satisfied. {ref} is filled in with the reference of the complaint."},
	{key: "survey.<answer>", program: usual, means: "An answer of the survey's scale, as a choice."},
}

// plainKeys are the keys of texts that stand alone.
func plainKeys() []string {
	var list []string
	for _, k := range textKeys {
		if !strings.Contains(k.key, ".") {
			list = append(list, k.key)
		}
	}
	return list
}

// families are the beginnings of keys of texts that name something else in the pack, with what they may name.
func (p *Policy) families() map[string][]string {
	m := map[string][]string{
		"topic": p.topicIDs(), "guidance": p.topicIDs(), "notice": sortedKeys(p.Externals), "external": sortedKeys(p.Externals),
		"letter": sortedKeys(p.Externals), "refused": p.Refuse, "reason": p.RefuseReasons, "link": sortedKeys(p.Links),
		"role": p.Roles, "ask": {}, "label": {}, "option": {}, "promise": {}, "survey": {},
	}
	for _, r := range p.AllRoles() {
		m["role"] = add(slices.Clone(m["role"]), r)
	}
	for _, q := range p.Ask {
		m["ask"], m["label"] = append(m["ask"], q.ID), append(m["label"], q.ID)
		for _, o := range q.Options {
			m["option"] = append(m["option"], q.ID+"."+o)
		}
	}
	m["label"] = append(m["label"], p.AskStaff...)
	for _, pr := range p.Promises {
		m["promise"] = append(m["promise"], pr.ID)
	}
	if p.Survey != nil {
		m["survey"] = append([]string{"ask"}, p.Survey.Scale...)
	}
	return m
}

// namedBy says what the keys of a family name, where that is not the family's own name.
var namedBy = map[string]string{
	"ask": "question", "label": "question", "notice": "external body", "external": "external body", "letter": "external body",
	"guidance": "topic", "reason": "refuse reason", "refused": "refused channel", "survey": "answer to its survey",
}

// checkKey finds keys that can only be slips. Others are allowed: a pack may carry words for later.
func checkKey(at value, key string, families map[string][]string) {
	if !keyForm.MatchString(key) {
		at.wrong("like topic.service: small letters, digits, _ and dots", "key %s is not of the right form", quoted(key))
		return
	}
	family, rest, dotted := strings.Cut(key, ".")
	if !dotted {
		if near := Nearest(key, plainKeys()); near != "" && near != key {
			at.wrong(meant(key, plainKeys()), "unknown key")
		}
		return
	}
	known, ok := families[family]
	switch {
	case ok && !slices.Contains(known, rest):
		at.wrong(meant(rest, known), "the pack has no %s %s", cmp.Or(namedBy[family], family), quoted(rest))
	case !ok:
		if near := Nearest(family, sortedKeys(families)); near != "" {
			at.wrong(meant(family, sortedKeys(families)), "unknown key")
		}
	}
}
