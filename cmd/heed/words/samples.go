package words

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// teller says texts in one language, with sample values in their fields.
type teller struct {
	words *locales.Catalog
	pol   *policy.Policy
	lang  string
	// examples are whole numbers by language and plural form; 0 where there is
	// none.
	examples map[string]int
}

// in is the same in another language.
func (t teller) in(lang string) teller {
	t.lang = lang
	return t
}

// The samples that are the same in every language.
const (
	reference = "KXM-4FQ-7TA"
	person    = "Anna Nowak"
	colleague = "Ben Agent"
)

// moment is when everything on the page is due: a Friday afternoon, in the
// policy's zone.
func moment(pol *policy.Policy) time.Time {
	return time.Date(2027, 5, 28, 15, 30, 0, 0, pol.Zone)
}

func (t teller) text(k locales.Key, args ...any) string { return t.words.Text(t.lang, k, args...) }

// named is what the pack calls something, else what the program does.
func (t teller) named(family string, ids ...string) string {
	for _, id := range ids {
		if s, ok := t.pol.Say(t.lang, family+"."+id); ok {
			return s
		}
		if k := locales.Key(family + "." + id); t.words.Has(k) {
			return t.text(k)
		}
	}
	return ""
}

// value is a sample for a field of a text. What a field means may depend on
// the text that it stands in.
func (t teller) value(k locales.Key, field string) string {
	section, _, _ := strings.Cut(string(k), ".")
	if s, ok := t.valueIn(section, k, field); ok {
		return s
	}
	switch field {
	case "Ref":
		return reference
	case "Company":
		s, _ := t.pol.Say(t.lang, "company")
		return s
	case "Date", "Due", "Until", "Received":
		return t.when(0)
	case "At", "Since", "Met":
		return locales.Brief(t.lang, moment(t.pol))
	case "What":
		return t.text(locales.PromiseResponse)
	case "Name", "Names", "Who":
		return colleague
	case "Person":
		return person
	case "Number":
		return cmp.Or(t.pol.Hotline, "+44 20 7946 0123")
	case "Code":
		return "WP4-KD9-3MX"
	case "Role", "Roles":
		return t.role()
	case "Kind":
		return t.text(locales.ConductThreatening)
	case "Title":
		return t.pol.Called(t.lang)
	case "Version":
		return t.pol.Version
	case "Contact":
		if len(t.pol.Contacts) > 0 {
			return t.pol.Contacts[0]
		}
		return "complaints@example.com"
	case "Way":
		return t.text(locales.DisputeAppeal)
	case "Ways":
		return t.words.Choice(t.lang, []string{t.text(locales.PolicyWayChat), t.text(locales.PolicyWayForm), t.text(locales.PolicyWayLetter)})
	case "Topic", "Topics":
		return t.topic()
	case "Stage":
		return t.text(locales.StageExamined)
	case "Outcome":
		return t.text(locales.DecisionPartly)
	case "Language":
		return locales.Name(t.lang)
	case "Within":
		return t.words.Count(t.lang, locales.WithinWorkingDays, 3)
	case "From":
		return t.text(locales.PolicyFromReceived)
	case "Time":
		return "17:00"
	case "Words", "Text", "Value", "Line":
		return "…"
	}
	if s, ok := plainValues[field]; ok {
		return s
	}
	return "…"
}

// valueIn is for the fields that mean something else in some texts.
func (t teller) valueIn(section string, k locales.Key, field string) (string, bool) {
	switch {
	case section == "list" || k == locales.PolicyOr || k == locales.PolicyThen || k == locales.PolicyDaysRange:
		return t.listed(k, field), true
	case section == "file" && field == "Name":
		return "IMG_2041.jpg", true
	case (section == "adr" || section == "response" || section == "policy") && field == "Name":
		return t.body(k), true
	case section == "measure" && field == "Until": // to the end of a day
		return locales.Date(t.lang, moment(t.pol)), true
	case section == "staff" && field == "Until":
		return locales.Medium(t.lang, moment(t.pol)), true
	case section == "staff" && (field == "Due" || field == "Received"):
		return locales.Brief(t.lang, moment(t.pol)), true
	case section == "staff" && field == "What":
		return t.staffWhat(k), true
	case section == "staff" && field == "Why":
		return t.text(locales.StaffFileBig), true
	case section == "staff" && field == "Name" && (strings.HasPrefix(string(k), "staff.letter") || strings.HasPrefix(string(k), "staff.referred")):
		return t.body(k), true
	case section == "staff" && (field == "Way" || field == "How") && k != locales.StaffDisputed && k != locales.StaffHeardDisputes:
		return t.text(locales.StaffWayLetter), true
	case k == locales.StaffSlaMonth:
		return locales.Month(t.lang, moment(t.pol)), true
	case k == locales.PromiseLineLate && field == "Date":
		return t.when(4), true // days after it was due
	case k == locales.ReviewLine && field == "What":
		return t.text(locales.LabelTopic), true
	case k == locales.ReviewLine:
		return t.topic(), true
	case k == locales.ButtonChange:
		return t.named("label", "topic"), true
	case k == locales.PolicyAskOptional:
		return t.text(locales.LabelTickets), true
	case k == locales.PolicyOutsideSince:
		return locales.Date(t.lang, moment(t.pol)), true
	case k == locales.PolicySurveyAsk:
		return strings.Join([]string{t.text(locales.SurveySatisfied), t.text(locales.SurveyNeutral), t.text(locales.SurveyDissatisfied)}, " / "), true
	case k == locales.StaffRated:
		return t.text(locales.SurveySatisfied), true
	case k == locales.PolicyConductLine && field == "Step":
		return t.text(locales.PolicyConductWarn), true
	case k == locales.PolicyConductLine:
		return t.text(locales.PolicyConductByStaff), true
	case k == locales.PolicyDaysWeek:
		return t.listed(locales.PolicyDaysRange, ""), true
	case k == locales.PolicyDaysZone:
		return t.pol.Zone.String(), true
	case k == locales.StaffMeasuresRate, k == locales.StaffMeasuresRateSmall, k == locales.StaffMeasuresRateUnknown:
		s, ok := plainValues[field]
		return cmp.Or(s, "40"), ok || field == "Received"
	}
	return "", false
}

// plainValues are numbers and names that need no language.
var plainValues = map[string]string{
	"Max": "20", "Months": "12", "Most": "90", "Year": "2028", "Quarter": "3", "Calendar": "gb-eng", "Hours": "mon-fri 09:00-17:00",
	"N": "3", "Of": "4", "Kept": "3", "Late": "1", "Missed": "0", "Void": "0", "Percent": "75", "Declined": "1", "Round": "2",
	"Flags": "3", "Dropped": "1", "Steps": "2", "Overturned": "0", "With": "2", "Least": "20", "Events": "42", "Files": "3",
	"Hash": "3f9ac07d12b4", "Reference": "CO-2041", "Channel": "Telegram", "To": "the police",
}

// when is an instant as customers read it, some days after the moment: with
// the zone in words, where the pack has them.
func (t teller) when(days int) string {
	s := locales.DateTime(t.lang, moment(t.pol).AddDate(0, 0, days))
	if zone, ok := t.pol.SayIn(t.lang, "zone"); ok {
		return t.words.Note(t.lang, s, zone)
	}
	return s
}

// listed is what stands on one side of a list's word; both together where the
// field is "".
func (t teller) listed(k locales.Key, field string) string {
	a, b := locales.PolicyDayMon, locales.PolicyDayFri
	switch k {
	case locales.PolicyDaysRange:
	case locales.PolicyOr:
		a, b = locales.PolicyWayForm, locales.PolicyWayLetter
	case locales.PolicyThen:
		a, b = locales.RoleManager, locales.RoleSeniorManagement
	case locales.ListNote:
		a, b = locales.PromiseResponse, locales.PolicyStepBot
	case locales.ListColon:
		a, b = locales.LabelTopic, locales.OptionCapacitySelf
	case locales.ListNext:
		a, b = locales.FloodLast, locales.SurveyThanks
	default:
		b = locales.PolicyDayTue
	}
	switch field {
	case "A":
		return t.text(a)
	case "B":
		return t.text(b)
	}
	return t.text(k, "A", t.text(a), "B", t.text(b))
}

// role is the first role of the pack's that has a name.
func (t teller) role() string {
	return t.named("role", append(t.pol.AllRoles(), "senior_management")...)
}

func (t teller) topic() string {
	var ids []string
	for _, topic := range t.pol.Topics {
		ids = append(ids, topic.ID)
	}
	return cmp.Or(t.named("topic", ids...), t.text(locales.LabelTopic))
}

// body is an outside body of the pack's: the one where the way ends, or, for
// texts about a regulator, another one.
func (t teller) body(k locales.Key) string {
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(t.pol.Externals)), func(id string) bool { return slices.Contains(t.pol.External, id) })
	ids := slices.Concat(t.pol.External, others)
	if k == locales.ResponseRegulator || k == locales.PolicyTopicNotice {
		ids = slices.Concat(others, t.pol.External)
	}
	if len(ids) == 0 {
		return "Ombudsman"
	}
	return cmp.Or(t.named("external", ids[0]), t.pol.Externals[ids[0]].Name)
}

// staffWhat is what a text for staff is about: something promised, sent, or a
// measure.
func (t teller) staffWhat(k locales.Key) string {
	switch {
	case strings.HasPrefix(string(k), "staff.conduct."), strings.HasPrefix(string(k), "staff.measures."):
		return t.text(locales.StaffConductDidWarn)
	case k == locales.StaffToldByProgram, k == locales.StaffToldByPerson, k == locales.StaffPreparedHead, k == locales.StaffMandatePreparedHead:
		return t.text(locales.SaidReceipt)
	}
	return t.text(locales.StaffPromiseResponse)
}
