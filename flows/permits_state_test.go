package flows_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
)

// someone did everything before: nobody of the table.
const someone bot.StaffID = "U0SOMEONE"

// permitPeople are those of the table, by its columns. Those that begin with
// walled and hidden are asked about a complaint behind a wall.
var permitPeople = map[string]bot.Staff{
	"agent":          {ID: "U0AGENT", Roles: []bot.Role{bot.Agent}},
	"guest":          {ID: "U0GUEST", Trouble: "guest"},
	"guest_agent":    {ID: "U0NAMED", Roles: []bot.Role{bot.Agent}},
	"holder":         {ID: "U0HOLDER", Roles: []bot.Role{"lifeguards", "council"}},
	"other_role":     {ID: "U0OTHER", Roles: []bot.Role{"accounts"}},
	"manager":        {ID: "U0MANAGER", Roles: []bot.Role{bot.Manager}},
	"senior":         {ID: "U0SENIOR", Roles: []bot.Role{bot.Senior}},
	"stranger":       {ID: "U0STRANGER"},
	"deactivated":    {ID: "U0GONE", Trouble: "deactivated"},
	"bot":            {ID: "U0BOT", Trouble: "bot"},
	"walled_agent":   {ID: "U0AGENT", Roles: []bot.Role{bot.Agent}},
	"walled_manager": {ID: "U0MANAGER", Roles: []bot.Role{bot.Agent, bot.Manager}},
	"walled_senior":  {ID: "U0SENIOR", Roles: []bot.Role{bot.Senior}},
	"hidden_agent":   {ID: "U0HIDDENA", Roles: []bot.Role{bot.Agent}},
	"hidden_manager": {ID: "U0HIDDENM", Roles: []bot.Role{bot.Agent, bot.Manager}},
	"hidden_senior":  {ID: "U0HIDDENS", Roles: []bot.Role{bot.Agent, bot.Manager, bot.Senior}},
}

var permitRoles = map[string][]string{
	"lifeguards": {"U0HOLDER"}, "council": {"U0HOLDER"}, "accounts": {"U0OTHER"}, string(bot.Senior): {"U0SENIOR", "U0HIDDENS"},
}

// permitNow is a Wednesday at noon, a fortnight after the complaint came.
var permitNow = time.Date(2026, 11, 18, 11, 0, 0, 0, time.UTC)

func permitHouse(t *testing.T) *casework.House {
	t.Helper()
	text, err := packText("testdata/packs/cooperative.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// This ladder has all the steps there are.
	const report = "    - {do: report_authority, by: manager}\n"
	if strings.Count(text, report) != 1 {
		t.Fatal("the pack's ladder is another one")
	}
	pol, err := parsePack("permits", strings.Replace(text, report, "    - {do: block, by: manager, needs: warn}\n"+report, 1))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := words()
	if err != nil {
		t.Fatal(err)
	}
	return &casework.House{Words: catalog, Policy: pol, Packs: map[string]*policy.Policy{pol.Hash: pol}, Managers: []string{"U0MANAGER"},
		Roles: permitRoles, Language: "en", Desk: bot.Address{Channel: bot.Slack, Chat: "C0DESK"}}
}

// asked is one cell of the table: what someone wants to do in which state.
type asked struct {
	house     *casework.House
	who       bot.Staff
	act       bot.Act
	situation bot.Situation
	complaint *bot.Complaint // nil where it is about none
}

const permitRef bot.Ref = "YMQ-WXQ-YYY"

const permitOut = "c:owner/3/1"

// stagedAt gives a complaint about the swimming pool as it stands at a stage.
func stagedAt(t *testing.T, h *casework.House, stage bot.Stage, walled bool) bot.Complaint {
	t.Helper()
	at := permitNow.AddDate(0, 0, -14)
	c := bot.Complaint{Ref: permitRef, Customer: "owner", Round: 1, Policy: h.Policy.Hash, Language: "en", Channel: bot.Telegram, Topic: "pool",
		Asked:    []string{"topic", "area", "summary"},
		Answers:  map[string]bot.Answer{"topic": {Option: "pool"}, "area": {Option: "lanes"}, "summary": {Parts: []bot.Part{{Message: "7", Text: "The showers are cold.", At: at}}, Done: true}},
		Received: at, Promises: h.Policy.Start("pool", at), Card: "card", Said: map[bot.EventKind]bot.Saying{}}
	happens := func(kind bot.EventKind, by bot.StaffID, data map[string]string) {
		at = at.Add(time.Hour)
		if _, err := c.Apply(bot.Event{Kind: kind, At: at, Noted: at, By: string(by), Data: data}); err != nil {
			t.Fatal(err)
		}
		c.Said[kind] = bot.Saying{Out: "out " + string(kind), By: by, At: at, State: string(bot.Sent)}
	}
	way := map[bot.Stage]int{bot.Received: 0, bot.Acknowledged: 1, bot.Examined: 2, bot.Decided: 3, bot.Disputed: 4, bot.Closed: 4, bot.Withdrawn: 2}[stage]
	happens(bot.EvReceived, "", map[string]string{"with": "lifeguards"})
	for i, kind := range []bot.EventKind{bot.EvAcknowledged, bot.EvUpdated, bot.EvResponse}[:min(way, 3)] {
		happens(kind, someone, []map[string]string{nil, nil, {"outcome": bot.NotUpheld}}[i])
	}
	switch stage {
	case bot.Disputed:
		happens(bot.EvDisputed, "", map[string]string{"with": "council"})
	case bot.Closed:
		happens(bot.EvClosed, someone, nil)
	case bot.Withdrawn:
		happens(bot.EvWithdrawn, "", nil)
	}
	if c.Stage != stage {
		t.Fatalf("the complaint is %s, not %s", c.Stage, stage)
	}
	if walled {
		c.Home = bot.Direct + "U0SENIOR"
		c.Wall = &bot.Wall{Since: at, Searched: true}
		for _, column := range []string{"hidden_agent", "hidden_manager", "hidden_senior"} {
			c.Wall.Hidden = append(c.Wall.Hidden, bot.Hidden{Staff: permitPeople[column].ID})
		}
	}
	return c
}

// workplace is everyone of the table, and a few more.
func workplace() bot.Directory {
	d := bot.Directory{Known: true, Rooms: map[string][]bot.StaffID{"C0DESK": {"U0AGENT", "U0GUEST", "U0NAMED"}}}
	for _, column := range []string{"agent", "guest_agent", "holder", "other_role", "manager", "senior", "stranger", "guest", "hidden_agent", "hidden_manager", "hidden_senior"} {
		s := permitPeople[column]
		s.Name = "Person " + string(s.ID)
		s.Names = []string{s.Name}
		d.People = append(d.People, s)
	}
	d.People = append(d.People, bot.Staff{ID: someone, Name: "Somebody Else", Names: []string{"Somebody Else"}, Roles: []bot.Role{bot.Agent}})
	return d
}

// ask makes the state in which an action otherwise fits, with what a sensible
// person would fill in.
func ask(t *testing.T, h *casework.House, action string, stage bot.Stage, who bot.Staff, walled bool) asked {
	t.Helper()
	q := asked{house: h, who: who, act: bot.Act{Verb: action, By: who.ID, Chat: "C0DESK", Fields: map[string]string{}}}
	cust := bot.Customer{ID: "owner", Chat: bot.Address{Channel: bot.Telegram, Account: "42", Chat: "1001"}, Name: "Anna", Language: "en", Chosen: true, Greeted: true}
	f := q.act.Fields
	var c bot.Complaint
	if stage != "" {
		c = stagedAt(t, h, stage, walled)
		q.act.Complaint, q.act.Version = c.Ref, c.Version
	}
	words := func(s string) { f["words"] = s }
	state(&cust, &c, action)
	switch action {
	case casework.Reply, casework.Update, casework.Ask, casework.Note:
		words("We are looking into the boiler.")
	case casework.Decide:
		f["outcome"] = bot.Upheld
		words("The boiler was off. It is repaired.")
	case casework.Decline:
		f["reason"] = "not_ours"
		words("The boiler is the city's.")
	case casework.Close:
		f["lesson"], f["cost"], f["repaired"] = "Look at the boiler daily.", "0", "yes"
	case casework.Record:
		f["how"], f["at"] = "phone", permitNow.Add(-time.Hour).Format(time.RFC3339)
	case casework.Heard:
		f["what"], f["at"] = "more", permitNow.Add(-time.Hour).Format(time.RFC3339)
		words("It is cold again.")
	case casework.Refer:
		f["external"], f["reference"] = "spokesman", "RM 12/2026"
	case casework.Mandate:
		f["finding"], f["was"], f["represented"] = string(bot.MandateConfirmed), string(bot.MandateClaimed), "Zofia"
	case casework.Flag:
		f["message"], f["kind"], f["reason"] = "summary:0", "insulting", "It insults our lifeguard."
	case casework.Unflag, casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority:
		f["flag"], f["reason"], f["authority"] = strconv.Itoa(len(cust.Flags)), "They went on after we had asked them to stop.", "The police in Kraków"
		words("Please stop writing to us in this way.")
	case casework.Renew, casework.Lift, casework.Review:
		f["measure"], f["reason"] = "2", "They have written in the same way since."
	case casework.WallUp, casework.NamePerson:
		f["person"] = string(someone)
		words("It is about this colleague.")
	case casework.Release:
		f["person"] = string(permitPeople["hidden_agent"].ID)
		words("It is about another person of this name.")
	case casework.TakeOver:
		f["draft"] = "1"
	case casework.Log:
		cust = bot.Customer{ID: "owner"}
		f["channel"], f["at"], f["name"], f["contact"], f["language"] = "phone", permitNow.Add(-time.Hour).Format(time.RFC3339), "Jan", "+48 12 555 01 99", "en"
		f["ask_topic"], f["ask_area"], f["ask_summary"] = "pool", "lanes", "The water is cold."
	}
	switch action {
	case casework.StopReplying, casework.Block, casework.Renew:
		f["until"] = permitNow.AddDate(0, 0, 40).Format(time.DateOnly)
	case casework.Review:
		f["outcome"] = "stands"
	}
	q.situation = bot.Situation{Now: permitNow, Lane: bot.TurnLane("owner"), N: 4, Customer: cust, Staff: who, Directory: workplace(),
		Features: bot.Features{Channel: bot.Telegram, TextMax: 4096, Choices: 20, LabelMax: 60}}
	if stage != "" {
		q.situation.Complaints, q.complaint = []bot.Complaint{c}, &c
	}
	switch action {
	case casework.Record, casework.Arrived, casework.Resend:
		q.act.Out = permitOut
		o := bot.Outbound{ID: permitOut, To: cust.Chat, Class: bot.Human, Complaint: permitRef, About: "reply", By: someone, Counts: []bot.EventKind{bot.EvReplied}}
		if action == casework.Record {
			o.To, o.Words, o.Post = bot.Address{Channel: bot.Slack, Chat: "C0DESK"}, "We have repaired it.", &bot.Post{Text: "Prepared"}
		} else {
			o.Message = &bot.Message{Text: "We have repaired it."}
		}
		q.situation.Out = &o
	}
	q.situation.Input = bot.Input{Key: "act:1", Channel: bot.Slack, Kind: bot.InAct, At: permitNow, Act: &q.act}
	return q
}

// state puts the customer and the complaint into a state that an action needs.
func state(cust *bot.Customer, c *bot.Complaint, action string) {
	at := c.Received
	switch action {
	case casework.Record, casework.Heard, casework.Code:
		cust.Chat, cust.Contact = bot.Address{}, "+48 12 555 01 99"
		c.Channel, c.Contact, c.Name = "phone", cust.Contact, cust.Name
	case casework.Arrived, casework.Resend:
		c.Doubt = map[string]bot.State{permitOut: bot.Possibly}
	case casework.Mandate:
		c.Mandate = &bot.Mandate{State: bot.MandateClaimed, By: "representative", At: at, Person: "Zofia"}
	case casework.Invite:
		c.Mandate = &bot.Mandate{State: bot.MandateConfirmed, By: string(someone), At: at.Add(time.Hour), Person: "Zofia"}
	case casework.TakeOver:
		cust.Draft = &bot.Draft{N: 1, Started: permitNow.AddDate(0, 0, -5), Touched: permitNow.AddDate(0, 0, -4), Listed: permitNow.AddDate(0, 0, -2),
			Answers: map[string]bot.Answer{"topic": {Option: "pool"}, "summary": {Parts: []bot.Part{{Text: "The showers are cold."}}}}}
	}
	if action == casework.Record {
		c.Said["prepared:"+permitOut] = bot.Saying{Out: permitOut, By: someone, At: permitNow.Add(-2 * time.Hour), State: string(bot.Prepared)}
	}
	flag := func(n int, said time.Time) bot.Flag {
		return bot.Flag{N: n, Complaint: permitRef, Kind: "insulting", Message: strconv.Itoa(6 + n), Said: said, Words: "You are fools.", By: someone, At: said.Add(time.Hour), Reason: "It insults us."}
	}
	said, told := at, at.AddDate(0, 0, 2)
	step := func(n int, do string, on int, by bot.StaffID) bot.Step {
		return bot.Step{N: n, Complaint: permitRef, Do: do, Flag: on, Kind: "insulting", By: by, At: told, Told: told.Add(time.Minute), Reason: "It insults us."}
	}
	switch action {
	case casework.Warn, casework.Unflag:
		cust.Flags = []bot.Flag{flag(1, said)}
	case casework.StopReplying, casework.Block, casework.ReportAuthority:
		cust.Flags = []bot.Flag{flag(1, said), flag(2, told.AddDate(0, 0, 1))}
		cust.Steps = []bot.Step{step(1, bot.StepWarn, 1, someone)}
	case casework.Renew, casework.Lift, casework.Review, casework.Unshown:
		cust.Flags = []bot.Flag{flag(1, said), flag(2, told.AddDate(0, 0, 1))}
		second := step(2, bot.StepBlock, 2, "U0OTHERMANAGER")
		second.At, second.Told, second.Until = told.AddDate(0, 0, 2), told.AddDate(0, 0, 2), permitNow.AddDate(0, 0, 20)
		if action == casework.Review {
			second.Asked = permitNow.AddDate(0, 0, -1)
		}
		cust.Steps = []bot.Step{step(1, bot.StepWarn, 1, someone), second}
		held := bot.Held{Parts: []bot.Part{{Message: "9", Text: "You have not heard the last of me.", At: permitNow.AddDate(0, 0, -1)}}}
		cust.Unshown = map[bot.Ref]bot.Held{permitRef: held}
	}
}
