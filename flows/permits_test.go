package flows_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/locales"
)

var allStages = []bot.Stage{bot.Received, bot.Acknowledged, bot.Examined, bot.Decided, bot.Disputed, bot.Closed, bot.Withdrawn}

// permitRow is a line of the table.
type permitRow struct {
	line   int
	action string
	stages []bot.Stage // none for what is about no complaint
	cells  map[string]string
}

func readPermits(t *testing.T) (columns []string, rows []permitRow) {
	t.Helper()
	b, err := os.ReadFile("testdata/permissions.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sets := map[string][]bot.Stage{"none": nil, "all": allStages, "open": allStages[:5]}
	for n, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		if strings.HasPrefix(l, "#") {
			continue
		}
		cells := strings.Split(l, "\t")
		if columns == nil {
			columns = cells[2:]
			continue
		}
		if len(cells) != len(columns)+2 {
			t.Fatalf("line %d has %d cells", n+1, len(cells))
		}
		r := permitRow{line: n + 1, action: cells[0], cells: map[string]string{}}
		for _, s := range strings.Split(cells[1], ",") {
			set, ok := sets[s]
			if !ok {
				set = []bot.Stage{bot.Stage(s)}
			}
			r.stages = append(r.stages, set...)
		}
		for i, c := range columns {
			if !slices.Contains([]string{"y", "n", "-", "p", "."}, cells[i+2]) {
				t.Fatalf("line %d: %q under %s", n+1, cells[i+2], c)
			}
			r.cells[c] = cells[i+2]
		}
		rows = append(rows, r)
	}
	return columns, rows
}

// opened is what a press comes to: whether it is allowed, and what else the
// person is told.
func (q asked) opened(c *bot.Complaint) (bool, *bot.Post) {
	var k *desk.Case
	if c != nil {
		k = &desk.Case{House: q.house, Now: permitNow, C: c, Customer: q.situation.Customer, Last: "The showers are cold.", Directory: q.situation.Directory}
	}
	a := desk.Open(q.house, q.who, permitNow, k, q.act)
	return a.Keep != nil || a.View != nil, a.Private
}

// taken is what the turn makes of it.
func (q asked) taken(t *testing.T, cs []bot.Complaint) (bool, *bot.Post) {
	t.Helper()
	s := q.situation
	s.Complaints = cs
	turn, err := flows.Flows{House: q.house}.Act(s)
	if err != nil {
		t.Fatal(err)
	}
	var private *bot.Post
	for _, o := range turn.Say {
		if o.Private == nil {
			return true, nil
		}
		private = &o.Private.Post
	}
	return len(turn.Complaints)+len(turn.Events)+len(turn.Tokens)+len(turn.Set)+len(turn.Remove) > 0, private
}

// commanded is what a slash command comes to: as the program answers it, a
// complaint is looked up first.
func (q asked) commanded(c *bot.Complaint) (bool, *bot.Post) {
	command, text, _ := strings.Cut(q.act.Verb, " ")
	if q.act.Verb == "/complaint" {
		text = string(permitRef)
	}
	query, p := desk.Command(q.house, q.who, permitNow, command, text)
	if p == nil && query.Ref != "" && (c == nil || !q.house.Sight(q.who).Sees(c) || desk.Permitted(q.house, c, q.who, "/complaint") != "") {
		none := desk.Line(q.house, locales.StaffNoComplaint)
		p = &none
	}
	return p == nil, p
}

// roads are the ways to do something.
func roads(action string) []string {
	switch {
	case strings.HasPrefix(action, "/"):
		return []string{"the command"}
	case action == casework.Guidance, action == casework.Unshown: // they are only read
		return []string{"the press"}
	case action == casework.Look: // nobody presses it
		return []string{"the turn"}
	}
	return []string{"the press", "the turn"}
}

// by goes one of the roads, where the complaint exists and where it does not.
func (q asked) by(t *testing.T, road string) func(exists bool) (bool, *bot.Post) {
	return func(exists bool) (bool, *bot.Post) {
		c, cs := q.complaint, q.situation.Complaints
		if !exists {
			c, cs = nil, nil
		}
		switch road {
		case "the command":
			return q.commanded(c)
		case "the press":
			return q.opened(c)
		}
		return q.taken(t, cs)
	}
}

// TestPermissions asks for every action by everyone at every stage, by each way
// there is to it, and compares with the table.
func TestPermissions(t *testing.T) {
	t.Parallel()
	h := permitHouse(t)
	columns, rows := readPermits(t)
	cells := 0
	for _, r := range rows {
		stages := r.stages
		if len(stages) == 0 {
			stages = []bot.Stage{""}
		}
		for _, stage := range stages {
			var wrong []string
			for _, column := range columns {
				walled := strings.HasPrefix(column, "walled") || strings.HasPrefix(column, "hidden")
				want := r.cells[column]
				if want == "." {
					continue
				}
				for _, road := range roads(r.action) {
					cells++
					// A fresh state for each: what one changes the next must not see.
					do := ask(t, h, r.action, stage, permitPeople[column], walled).by(t, road)
					if s := differs(want, do, h.D(locales.StaffNoComplaint)); s != "" {
						wrong = append(wrong, fmt.Sprintf("%s, %s: %s", column, road, s))
					}
				}
			}
			if len(wrong) > 0 {
				slices.Sort(wrong)
				t.Errorf("permissions.tsv line %d: %s %s:\n\t%s", r.line, r.action, stage, strings.Join(wrong, "\n\t"))
			}
		}
	}
	if cells < 5000 {
		t.Errorf("only %d questions were asked", cells)
	}
}

// differs says how an answer is not what the table says; "" if it is.
func differs(want string, do func(exists bool) (bool, *bot.Post), none string) string {
	allowed, told := do(true)
	text := ""
	if told != nil {
		text = told.Text
	}
	switch want {
	case "y":
		if !allowed {
			return fmt.Sprintf("refused: %q", text)
		}
	case "n":
		if allowed {
			return "allowed, and should be refused"
		}
		if text == "" || text == none {
			return fmt.Sprintf("refused without its reason: %q", text)
		}
	case "-":
		if allowed {
			return "allowed, and should be answered as if there were no such complaint"
		}
		if _, other := do(false); !reflect.DeepEqual(told, other) {
			return fmt.Sprintf("told %q, which is not what is said of one that does not exist", text)
		}
	case "p":
		if !allowed && (text == "" || text == none) {
			return fmt.Sprintf("refused as if it were not theirs: %q", text)
		}
	}
	return ""
}

// TestPermissionsAreWhole sees to it that the table leaves nothing out: each
// verb and command at each stage, once.
func TestPermissionsAreWhole(t *testing.T) {
	_, rows := readPermits(t)
	seen := map[string]map[bot.Stage]int{}
	for _, r := range rows {
		if seen[r.action] == nil {
			seen[r.action] = map[bot.Stage]int{}
		}
		for _, s := range append(r.stages, "")[:max(len(r.stages), 1)] {
			seen[r.action][s]++
		}
	}
	for action, stages := range seen {
		want := map[bot.Stage]int{"": 1}
		if stages[""] == 0 {
			want = map[bot.Stage]int{}
			for _, s := range allStages {
				want[s] = 1
			}
		}
		if !reflect.DeepEqual(stages, want) {
			t.Errorf("%s is in the table at %v", action, stages)
		}
	}
	for _, p := range desk.Permits {
		if seen[p.Act] == nil {
			t.Errorf("%s is permitted to somebody, and is not in the table", p.Act)
		}
	}
	for _, v := range verbs(t) {
		if seen[v] == nil {
			t.Errorf("staff have the verb %s, and it is not in the table", v)
		}
		if !slices.ContainsFunc(desk.Permits, func(p desk.Permit) bool { return p.Act == v }) {
			t.Errorf("staff have the verb %s, and nobody is permitted to do it", v)
		}
	}
}

// verbs are the verbs of staff, as the source declares them.
func verbs(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "casework/card.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{casework.HandOver, casework.Record}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST || !strings.HasPrefix(g.Doc.Text(), "Verbs of staff") {
			continue
		}
		for _, s := range g.Specs {
			for _, v := range s.(*ast.ValueSpec).Values {
				s, err := strconv.Unquote(v.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, s)
			}
		}
	}
	if len(list) < 30 {
		t.Fatalf("only %d verbs were found: %v", len(list), list)
	}
	return list
}
