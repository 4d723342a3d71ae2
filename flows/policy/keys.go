package policy

import "strings"

// key is one key that a pack may have. This table is the only place that names them: the parser takes the keys it knows
// and the words they may hold from it, and so do the JSON Schema and the list in README.md.
type key struct {
	// path is where it stands: "topics.*.route" for a free id, "promises[].within" for the items of a list.
	path string
	kind kind
	// list says that the value is a list of the kind.
	list     bool
	required bool
	of       []string // the words that may be written, for kind word
	least    int      // of a number, or of the items of a list
	most     int      // of a number; 0: no limit
	absent   string   // what holds if it is left out
	means    string
	example  string // as it is written in YAML; empty for tables
}

// kind is what a value is.
type kind string

const (
	isText     kind = "text"
	isID       kind = "id"
	isName     kind = "name"
	isLanguage kind = "language"
	isWord     kind = "word"
	isDuration kind = "duration"
	isDate     kind = "date"
	isClock    kind = "time of day"
	isURL      kind = "web address"
	isFlag     kind = "true or false"
	isNumber   kind = "number"
	isWeek     kind = "week"
	isHours    kind = "hours"
	isWindow   kind = "window"
	isZone     kind = "time zone"
	isEvery    kind = "interval"
	isGroup    kind = "table"
)

var (
	channels     = []string{"chat", "form", "email", "letter", "phone", "office", "in_person"}
	complainants = []string{"customer", "representative", "stakeholder"}
	// starts are the events a promise, or a survey, may start at.
	starts = []string{"received", "acknowledged", "first_update", "replied", "response", "disputed", "second_response", "closed"}
	// ends are the events that keep a promise: each is a message of ours that reaches the customer.
	ends = []string{"acknowledged", "first_update", "replied", "response", "second_response"}
	// alone are those of ends that the program can bring about by itself.
	alone = []string{"acknowledged", "replied"}
	whose = []string{"staff", "manager"}
)

var allKeys = []key{
	{path: "pack", kind: isName, required: true, example: "river-trains",
		means: "Name of the pack. Operators and the program call it by this name."},
	{path: "version", kind: isText, required: true, example: `"3"`,
		means: "Version of your policy. In quotes, if it is a number. Each complaint keeps the version it came in under."},
	{path: "title", kind: isGroup, required: true,
		means: "Title of the policy, by language. The first language must have one."},
	{path: "title.*", kind: isText, example: "Complaint policy",
		means: "The title in that language."},
	{path: "sources", kind: isText, list: true, absent: "none", example: `["Complaint policy of 1 May 2026"]`,
		means: "Where the policy was taken from, for the record."},
	{path: "languages", kind: isLanguage, list: true, required: true, least: 1, example: "[en, fr]",
		means: "Languages of the policy, in the order of the menu. The first is the fallback. Customers can still choose any other language the program speaks."},
	{path: "register", kind: isGroup, absent: "none",
		means: "Form of address by language, for translators."},
	{path: "register.*", kind: isText, example: "vous",
		means: "The form of address in that language."},

	{path: "timezone", kind: isZone, required: true, example: "Europe/London",
		means: "The company's time zone. All days and hours of the policy are counted in it, wherever the customer is."},
	{path: "calendar", kind: isName, required: true, example: "gb-eng",
		means: "Table of public holidays: cn, fr, gb-eng, it, la, pl or vn."},
	{path: "week", kind: isWeek, absent: "mon-fri", example: "mon-sat",
		means: "Days of the week that are worked: mon-fri, mon-sat, sun-thu, or mon,wed-fri."},
	{path: "hours", kind: isHours, absent: "none, and then bh cannot be used", example: "mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00",
		means: "Business hours, for durations in bh."},
	{path: "staff_hours", kind: isHours, absent: "hours, else 09:00-17:00 on the days of week", example: "mon-fri 09:00-17:00",
		means: "When staff are reminded."},
	{path: "contact_hours", kind: isWindow, absent: "08:00-20:00", example: "09:00-19:00",
		means: "When customers may be written to without having asked, every day of the week."},

	{path: "complainants", kind: isWord, list: true, of: complainants, absent: "[customer]", example: "[customer, representative]",
		means: "Who may complain. stakeholder is anybody outside the company."},
	{path: "channels", kind: isGroup, absent: "only the chat",
		means: "How complaints may come."},
	{path: "channels.accept", kind: isWord, list: true, of: channels, absent: "[chat]", example: "[chat, form, letter]",
		means: "Ways that are taken. Staff enter all but the chat, with the time at which they really came."},
	{path: "channels.refuse", kind: isWord, list: true, of: channels, absent: "none", example: "[phone]",
		means: "Ways that are not taken. People who come that way are told which ways are; write the words as `refused.<channel>`."},
	{path: "hotline", kind: isText, absent: "none", example: `"+44 20 7946 0000"`,
		means: "Number to call when it is urgent. In quotes."},
	{path: "links", kind: isGroup, absent: "none",
		means: "Web pages that are shown to customers."},
	{path: "links.*", kind: isURL, example: "https://example.com/complaints",
		means: "Address of the page. The words of the link are the text `link.<link>`."},
	{path: "contact", kind: isText, list: true, absent: "none", example: "[care@example.com]",
		means: "Other ways to reach the company, shown as they are."},

	{path: "roles", kind: isID, list: true, absent: "not checked", example: "[desk, care_manager]",
		means: "All roles of the pack. If they are listed, a misspelt role elsewhere is found."},
	{path: "topics", kind: isGroup, absent: "one topic that is not asked for",
		means: "What complaints can be about, in the order of the menu. Each has an id and the keys below; {} if none of them is needed."},
	{path: "topics.*", kind: isGroup,
		means: "One topic."},
	{path: "topics.*.route", kind: isID, list: true, absent: "whoever is there", example: "[chief, desk]",
		means: "Roles that look into it, in the order in which it is handed over."},
	{path: "topics.*.notice", kind: isID, absent: "none", example: "regulator",
		means: "An outside body, of externals, that the customer is told of as soon as they complain."},
	{path: "topics.*.hide_from_named_staff", kind: isFlag, absent: "false", example: "true",
		means: "Staff who are complained of cannot see the complaint."},
	{path: "topics.*.reply", kind: isWord, of: []string{"written"}, absent: "as the pack's reply says", example: "written",
		means: "The answer is given in writing."},
	{path: "topics.*.any_channel", kind: isFlag, absent: "false", example: "true",
		means: "Complaints about it are taken however they come, also by ways that are refused otherwise."},

	{path: "ask", kind: isGroup, list: true, required: true, least: 1,
		means: "Questions to the customer, in order."},
	{path: "ask[].id", kind: isID, required: true, example: "summary",
		means: "Id of the question. The program has words of its own for " + strings.Join(asked, ", ") + "; the options of topic are the topics."},
	{path: "ask[].type", kind: isWord, required: true, of: []string{"text", "files", "choice", "phone", "text_or_files"}, example: "text",
		means: "What is wanted: words, files, one of the options, a telephone number, or words and files."},
	{path: "ask[].required", kind: isFlag, absent: "false: the customer may skip it", example: "true",
		means: "The complaint cannot be sent without an answer."},
	{path: "ask[].options", kind: isID, list: true, absent: "none", example: "[platform, train]",
		means: "What can be chosen, for type choice. A choice without options is not asked."},
	{path: "ask[].names", kind: isWord, of: []string{"complained_of", "spoken_to"}, absent: "the answer names no staff", example: "complained_of",
		means: "The answer names members of staff. Those complained of never see the complaint; those spoken to neither have nor decide it, and the customer is asked once whether it is about them."},
	{path: "ask[].when", kind: isGroup, absent: "always asked",
		means: "Asked only if an earlier choice was answered so."},
	{path: "ask[].when.*", kind: isID, example: "service",
		means: "Id of the earlier question, with the option that makes this one be asked."},

	{path: "promises", kind: isGroup, list: true, absent: "nothing is promised with a date",
		means: "What is promised, each with a date."},
	{path: "promises[].id", kind: isID, required: true, example: "answer",
		means: "Id of the promise."},
	{path: "promises[].from", kind: isWord, required: true, of: starts, example: "received",
		means: "Event at which the time begins to run."},
	{path: "promises[].within", kind: isDuration, required: true, example: "10wd",
		means: "How long there is."},
	{path: "promises[].until", kind: isWord, required: true, of: ends, example: "response",
		means: "Event that keeps the promise: a message that has reached the customer."},
	{path: "promises[].by", kind: isWord, of: []string{"person", "bot"}, absent: "person", example: "bot",
		means: "Who may keep it. With bot the automatic receipt is enough, for acknowledged and replied only."},
	{path: "promises[].when", kind: isGroup, absent: "for every complaint",
		means: "Promised only to some complaints."},
	{path: "promises[].when.topic", kind: isID, absent: "all topics", example: "service",
		means: "The topic they are about."},
	{path: "promises[].pause", kind: isFlag, absent: "false", example: "true",
		means: "The time stands still while the customer was asked for more and has not answered."},
	{path: "promises[].source", kind: isWord, of: []string{"operator", "law"}, absent: "your policy", example: "operator",
		means: "Whose number it is, if your policy does not give it: the operator's own target, or a law's."},
	{path: "promises[].roll", kind: isWord, of: []string{"next"}, absent: "the day itself", example: "next",
		means: "If the last day is not worked, the promise ends with the next that is. For durations in d only."},
	{path: "promises[].at", kind: isClock, absent: "the end of the day", example: `"17:30"`,
		means: "Time at which the last day ends. In quotes. For durations in d, wd and w only."},
	{path: "late", kind: isWord, of: []string{"chain", "literal"}, absent: "chain", example: "literal",
		means: "When a promise starts whose start is the end of another that came late: no later than that was due (chain), or at the event itself (literal)."},

	{path: "after_response", kind: isGroup, absent: "the first answer is final",
		means: "What a customer can do who disagrees with the answer."},
	{path: "after_response.dispute", kind: isWord, list: true, of: []string{"restart", "escalate", "appeal"}, absent: "none", example: "[escalate]",
		means: "Ways to disagree: have it looked at from the beginning, take it to a higher level, appeal."},
	{path: "after_response.rounds", kind: isNumber, least: 1, most: 9, absent: "2 if the customer may disagree, else 1", example: "2",
		means: "How often a complaint is looked into, the first time included."},
	{path: "after_response.route", kind: isID, list: true, absent: "the topic's", example: "[care_manager]",
		means: "Roles that look into it when the customer disagrees."},
	{path: "after_response.external", kind: isID, list: true, absent: "none", example: "[ombudsman]",
		means: "Outside bodies, of externals, that are the last resort."},
	{path: "externals", kind: isGroup, absent: "none",
		means: "Ombudsmen, regulators and the like, each with an id and the keys below."},
	{path: "externals.*", kind: isGroup,
		means: "One body."},
	{path: "externals.*.name", kind: isText, required: true, example: "Rail Ombudsman",
		means: "Its name. Its name inside a sentence, by language, is the text `external.<external>`."},
	{path: "externals.*.url", kind: isURL, absent: "none", example: "https://example.org/",
		means: "Its web page."},
	{path: "externals.*.binding", kind: isFlag, absent: "false", example: "true",
		means: "The company does what it decides."},
	{path: "externals.*.letter", kind: isGroup, list: true, absent: "no letter",
		means: "When the customer must be told that they may go there, if the complaint is still open. Each item holds for complaints received from its date on; list them by date."},
	{path: "externals.*.letter[].received_from", kind: isDate, required: true, example: "2026-04-08",
		means: "First day of receipt for which it holds."},
	{path: "externals.*.letter[].after", kind: isDuration, required: true, example: "6w",
		means: "How long after receipt the letter is sent at the latest."},

	{path: "reply", kind: isWord, of: []string{"any", "same_channel"}, absent: "any", example: "same_channel",
		means: "The way answers go: any, or the way the complaint came."},
	{path: "on_receipt", kind: isGroup, absent: "nothing",
		means: "What is done with every complaint as it comes."},
	{path: "on_receipt.copy", kind: isID, list: true, absent: "none", example: "[chief]",
		means: "Roles that see every complaint as it was received."},
	{path: "on_close", kind: isGroup, absent: "nothing",
		means: "What is done when a complaint is closed."},
	{path: "on_close.file", kind: isFlag, absent: "false", example: "true",
		means: "Closed complaints are filed."},
	{path: "on_close.ask_staff", kind: isID, list: true, absent: "none", example: "[lesson]",
		means: "What staff write down at closing. lesson is what was learned from the complaint."},
	{path: "refuse_reasons", kind: isID, list: true, absent: "a complaint is never declined", example: "[out_of_scope]",
		means: "Reasons for which a complaint may be declined. Without one of them it cannot be."},

	{path: "conduct", kind: isGroup, absent: "nothing is said about conduct",
		means: "What happens if a customer is abusive. Always decided by people."},
	{path: "conduct.include", kind: isName, absent: "the pack's own", example: "respect-for-agents",
		means: "Takes the conduct of a built-in pack. Then it is the only key."},
	{path: "conduct.kinds", kind: isID, list: true, absent: "none", example: "[threatening]",
		means: "What counts as abuse. Staff choose one of them."},
	{path: "conduct.not_abuse", kind: isID, list: true, absent: "none", example: "[dissatisfaction]",
		means: "What never counts as abuse."},
	{path: "conduct.flagged_by", kind: isWord, of: whose, absent: "staff", example: "staff",
		means: "Who may report it."},
	{path: "conduct.steps", kind: isGroup, list: true, absent: "none",
		means: "What may be done, in order."},
	{path: "conduct.steps[].do", kind: isWord, required: true, of: []string{"warn", "stop_replying", "block", "report_authority"}, example: "warn",
		means: "The step."},
	{path: "conduct.steps[].by", kind: isWord, required: true, of: whose, example: "manager",
		means: "Who may take it."},
	{path: "conduct.steps[].needs", kind: isWord, of: []string{"warn", "stop_replying", "block", "report_authority"}, absent: "none", example: "warn",
		means: "An earlier step that must have been taken before. A request to stop counts for 12 months."},
	{path: "conduct.review_by", kind: isWord, of: whose, absent: "nobody", example: "manager",
		means: "Who looks at whether it is applied fairly."},
	{path: "conduct.support_staff", kind: isWord, of: whose, absent: "nobody", example: "manager",
		means: "Who supports staff who were abused."},

	{path: "survey", kind: isGroup, absent: "nobody is asked",
		means: "Asking customers whether they are satisfied."},
	{path: "survey.after", kind: isWord, required: true, of: starts, example: "closed",
		means: "Event after which they are asked."},
	{path: "survey.delay", kind: isDuration, absent: "at once", example: "24h",
		means: "How long after."},
	{path: "survey.remind", kind: isDuration, absent: "3d", example: "5d",
		means: "How long after that they are asked again, once, if they have not answered."},
	{path: "survey.scale", kind: isID, list: true, required: true, least: 2, example: "[satisfied, neutral, dissatisfied]",
		means: "The answers they can choose, best first."},
	{path: "survey.comment", kind: isFlag, absent: "false", example: "true",
		means: "They are asked for a comment too."},
	{path: "waiting", kind: isGroup, absent: "as its keys say",
		means: "When the customer was asked for more."},
	{path: "waiting.remind", kind: isDuration, absent: "3wd", example: "5wd",
		means: "How long after that the customer is reminded, if they have not answered."},

	{path: "tone", kind: isID, list: true, absent: "none", example: "[polite, jargon_free]",
		means: "How staff write. A list for those who write and translate texts."},
	{path: "kpis", kind: isWord, list: true, of: []string{"timely_response_rate", "satisfaction_rate", "survey_return_rate"}, absent: "none", example: "[timely_response_rate]",
		means: "Figures by which the policy is measured."},
	{path: "people", kind: isGroup, absent: "none",
		means: "Who is responsible for the policy, by duty."},
	{path: "people.*", kind: isID, example: "care_manager",
		means: "The role or body that has the duty."},
	{path: "review", kind: isGroup, absent: "nobody is reminded",
		means: "When the policy itself is looked at again."},
	{path: "review.every", kind: isEvery, absent: "none", example: "12mo",
		means: "How often: months (mo) or years (y)."},
	{path: "review.last", kind: isDate, absent: "none", example: "2026-01-03",
		means: "When it was last done."},
	{path: "review.also_on", kind: isID, list: true, absent: "none", example: "[law_change]",
		means: "What else calls for it."},
	{path: "publish", kind: isGroup, absent: "as its keys say",
		means: "Who gets to see the policy."},
	{path: "publish.staff", kind: isText, absent: "none", example: "yearly",
		means: "How often it is shown to staff."},
	{path: "publish.new_staff", kind: isText, absent: "none", example: "induction",
		means: "When it is shown to new staff."},
	{path: "publish.public", kind: isFlag, absent: "false", example: "true",
		means: "It is published."},

	{path: "texts", kind: isGroup, absent: "the program's words",
		means: "The pack's own words, by language, then by key."},
	{path: "texts.*", kind: isGroup,
		means: "The words in one of the languages."},
	{path: "texts.*.*", kind: isText, example: "Our service",
		means: "The words for a key."},
}

// asked are the questions that the program has words for.
var asked = []string{"topic", "summary", "tickets", "staff", "when", "phones", "emails", "evidence", "capacity", "represented", "authorisation", "contact", "entity", "failing"}

// keyAt gives the row of a place; of the items of a list, that of the list.
func keyAt(path string) (key, bool) {
	path = strings.TrimSuffix(path, "[]")
	for _, k := range allKeys {
		if k.path == path {
			return k, true
		}
	}
	return key{}, false
}

// under lists the keys that the table at a path may have, in order.
func under(path string) []string {
	var names []string
	for _, k := range allKeys {
		if parent, name := cutPath(k.path); parent == path {
			names = append(names, name)
		}
	}
	return names
}

// cutPath cuts a path before its last key.
func cutPath(path string) (parent, name string) {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}
