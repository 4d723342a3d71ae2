package policy

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/heedbot/heed/locales"
)

// written says what is written for a key, for a person.
func (k key) written() string {
	s := string(k.kind)
	switch k.kind {
	case isWord:
		s = "`" + strings.Join(k.of, "`, `") + "`"
	case isNumber:
		s = fmt.Sprintf("number, %d to %d", k.least, k.most)
	case isGroup:
		s = "keys"
	case isID:
		s = "id"
	}
	if k.list && k.kind == isGroup {
		return "list of items"
	}
	if k.list {
		return "list of: " + s
	}
	return s
}

// shownPath writes a path with names for what is free.
func shownPath(path string) string {
	for from, to := range map[string]string{
		"topics.*": "topics.<topic>", "externals.*": "externals.<external>", "links.*": "links.<link>", "people.*": "people.<duty>",
		"ask[].when.*": "ask[].when.<question>", "texts.*.*": "texts.<language>.<key>",
	} {
		path = strings.Replace(path, from, to, 1)
	}
	return strings.Replace(path, ".*", ".<language>", 1)
}

func keyTable() string {
	var b strings.Builder
	b.WriteString("| Key | What is written | If left out | Meaning | Example |\n|---|---|---|---|---|\n")
	for _, k := range allKeys {
		absent, example := k.absent, ""
		if k.required {
			absent = "*required*"
		}
		if k.example != "" {
			example = "`" + k.example + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", shownPath(k.path), k.written(), absent, k.means, example)
	}
	return b.String()
}

func textTable() string {
	var b strings.Builder
	b.WriteString("| Key | What it says | The program has words too |\n|---|---|---|\n")
	for _, k := range textKeys {
		who := ""
		if k.staff {
			who = " Only staff see it."
		}
		fmt.Fprintf(&b, "| `%s` | %s%s | %s |\n", k.key, k.means, who, k.program)
	}
	return b.String()
}

// example gives the pack that README.md writes step by step.
func example(t *testing.T) *Policy {
	t.Helper()
	page := read(t, "README.md")
	page, _, _ = strings.Cut(page, "That is the whole file.")
	var text strings.Builder
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(page, -1) {
		text.WriteString(m[1])
	}
	p, err := Parse("ferries.yaml", text.String(), "")
	if err != nil {
		t.Fatalf("the example of README.md:\n%s", err)
	}
	return p
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// README.md lists every key that the parser knows; with -update its tables are written anew.
func TestReadmeIsWhole(t *testing.T) {
	page := read(t, "README.md")
	plan := "```\n" + example(t).Plan(at(t, "2026-12-23T16:00:00Z"), "crew").String() + "```\n"
	for name, want := range map[string]string{"keys": keyTable(), "texts": textTable(), "plan": plan} {
		part := regexp.MustCompile("(?s)<!-- " + name + " -->\n.*?<!-- /" + name + " -->")
		if !part.MatchString(page) {
			t.Fatalf("README.md has no place for %s", name)
		}
		next := part.ReplaceAllLiteralString(page, "<!-- "+name+" -->\n"+want+"<!-- /"+name+" -->")
		if next != page && !*update {
			t.Errorf("README.md: the part %q is not what the program knows: run the tests of this package with -update", name)
		}
		page = next
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range starts {
		if !strings.Contains(page, "| `"+e+"` |") {
			t.Errorf("the event %s is not explained", e)
		}
	}
	for _, k := range allKeys {
		if k.kind != isGroup && (k.means == "" || k.example == "" || !k.required && k.absent == "" && !strings.HasSuffix(k.path, "*")) {
			t.Errorf("%s: no meaning, example or default", k.path)
		}
	}
}

func TestTheExampleOfTheReadmeIsInOrder(t *testing.T) {
	p, words := example(t), catalog(t)
	if gaps := p.Gaps(spoken(words)); len(gaps) != 0 {
		t.Errorf("texts are missing: %v", gaps)
	}
	if len(p.Promises) != 3 || p.Rounds != 2 || len(p.Topics) != 3 {
		t.Errorf("got %+v", p)
	}
}

// For each key of the table a value of the wrong kind is refused at its place: so the parser reads every one of them.
func TestEveryKeyOfTheTableIsRead(t *testing.T) {
	for _, k := range allKeys {
		if strings.HasSuffix(k.path, "*") {
			continue
		}
		wrong := "[[]]"
		if k.list || k.kind == isGroup {
			wrong = `"nonsense here"`
		}
		_, err := Parse("x", packWith(k.path, wrong), "")
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: %s was taken", k.path, wrong)
			continue
		}
		place := strings.NewReplacer("*", "any", "[]", "[0]").Replace(k.path)
		if !slices.ContainsFunc(problems, func(p Problem) bool { return strings.HasPrefix(p.Path, place) }) {
			t.Errorf("%s: %s was not refused there:\n%s", k.path, wrong, err)
		}
	}
}

// packWith is a pack with one more value at a path.
func packWith(path, value string) string {
	var wrap func(parts []string) string
	wrap = func(parts []string) string {
		if len(parts) == 0 {
			return value
		}
		name, isList := strings.CutSuffix(parts[0], "[]")
		if name == "*" {
			name = "any"
		}
		inner := wrap(parts[1:])
		if isList {
			inner = "[" + inner + "]"
		}
		return "{" + name + ": " + inner + "}"
	}
	parts := strings.Split(path, ".")
	name, isList := strings.CutSuffix(parts[0], "[]")
	inner := wrap(parts[1:])
	if isList {
		inner = "[" + inner + "]"
	}
	if name == "title" || name == "texts" || name == "register" {
		inner = strings.ReplaceAll(inner, "any:", "en:")
	}
	var lines []string
	for _, l := range strings.SplitAfter(small, "\n") {
		if strings.HasPrefix(l, name+":") || name == "ask" && strings.HasPrefix(l, "  - ") {
			continue
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "") + name + ": " + inner + "\n"
}

// Every example of the table is taken by the parser, alone or in the made-up pack that uses every key.
func TestEveryKeyIsUsedInTheWholePack(t *testing.T) {
	var pack any
	if err := yaml.Unmarshal([]byte(read(t, "testdata/whole.yaml")), &pack); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		used[path] = true
		switch v := v.(type) {
		case map[string]any:
			for name, x := range v {
				next := join(path, name)
				if _, ok := keyAt(next); !ok {
					next = join(path, "*")
				}
				walk(next, x)
			}
		case []any:
			for _, x := range v {
				if k, _ := keyAt(path); k.kind == isGroup {
					walk(path+"[]", x)
				}
			}
		}
	}
	walk("", pack)
	for _, k := range allKeys {
		if !used[k.path] && k.path != "conduct.include" {
			t.Errorf("testdata/whole.yaml does not use %s", k.path)
		}
	}
}

func TestTheSchemaTakesGoodPacksAndRefusesBadOnes(t *testing.T) {
	var schema map[string]any
	if err := json.Unmarshal([]byte(Schema()), &schema); err != nil {
		t.Fatal(err)
	}
	check := func(text string) []string {
		var pack any
		if err := yaml.Unmarshal([]byte(text), &pack); err != nil {
			t.Fatal(err)
		}
		return validate(schema, plainly(t, pack), "")
	}
	good := map[string]string{"whole": read(t, "testdata/whole.yaml"), "small": small}
	for _, name := range Names() {
		text, err := BuiltinText(name)
		if err != nil {
			t.Fatal(err)
		}
		good[name] = text
	}
	for name, text := range good {
		if wrong := check(text); len(wrong) > 0 {
			t.Errorf("%s:\n%s", name, strings.Join(wrong, "\n"))
		}
	}
	for _, file := range []string{"unknown_key", "wrong_values", "references", "durations"} {
		if wrong := check(read(t, "testdata/problems/"+file+".yaml")); len(wrong) == 0 {
			t.Errorf("%s was taken", file)
		}
	}
	for _, k := range allKeys {
		if k.example == "" || strings.HasSuffix(k.path, "*") {
			continue
		}
		wrong := check(packWith(k.path, k.example))
		place := strings.NewReplacer("*", "any", "[]", "[0]").Replace(k.path)
		if slices.ContainsFunc(wrong, func(w string) bool { return strings.HasPrefix(w, place+":") }) {
			t.Errorf("the example of %s is refused: %v", k.path, wrong)
		}
		if _, err := Parse("x", packWith(k.path, k.example), ""); err != nil {
			var ps Problems
			errors.As(err, &ps)
			if slices.ContainsFunc(ps, func(p Problem) bool { return p.Path == place && strings.Contains(p.Text, "form") }) {
				t.Errorf("the example of %s: %v", k.path, err)
			}
		}
	}
}

// plainly gives a document as JSON has it.
func plainly(t *testing.T, v any) any {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// validate follows the parts of JSON Schema that Schema uses.
func validate(s map[string]any, v any, path string) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, path+": "+fmt.Sprintf(format, args...)) }
	is := map[string]bool{}
	switch v := v.(type) {
	case string:
		is["string"] = true
		if e, ok := s["enum"].([]any); ok && !slices.Contains(e, any(v)) {
			say("%q is none of %v", v, e)
		}
		if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
			say("%q does not match %s", v, p)
		}
	case bool:
		is["boolean"] = true
	case float64:
		is["integer"] = v == float64(int(v))
		if least, ok := s["minimum"].(float64); ok && v < least {
			say("too small")
		}
		if most, ok := s["maximum"].(float64); ok && v > most {
			say("too large")
		}
	case []any:
		is["array"] = true
		if least, ok := s["minItems"].(float64); ok && len(v) < int(least) {
			say("too few")
		}
		for i, item := range v {
			wrong = append(wrong, validate(s["items"].(map[string]any), item, fmt.Sprintf("%s[%d]", path, i))...)
			if s["uniqueItems"] == true && slices.Index(v, item) < i {
				say("twice")
			}
		}
	case map[string]any:
		is["object"] = true
		for _, r := range anys(s["required"]) {
			if _, ok := v[r.(string)]; !ok {
				say("%s is missing", r)
			}
		}
		for name, x := range v {
			wrong = append(wrong, validateKey(s, name, x, join(path, name))...)
		}
	}
	if want, ok := s["type"].(string); ok && !is[want] {
		say("is no %s", want)
	}
	return wrong
}

func anys(v any) []any {
	list, _ := v.([]any)
	return list
}

func validateKey(s map[string]any, name string, v any, path string) []string {
	var wrong []string
	if names, ok := s["propertyNames"].(map[string]any); ok {
		wrong = append(wrong, validate(names, name, path)...)
	}
	known := false
	properties, _ := s["properties"].(map[string]any)
	if p, ok := properties[name].(map[string]any); ok {
		known, wrong = true, append(wrong, validate(p, v, path)...)
	}
	families, _ := s["patternProperties"].(map[string]any)
	for pattern, p := range families {
		if regexp.MustCompile(pattern).MatchString(name) {
			known, wrong = true, append(wrong, validate(p.(map[string]any), v, path)...)
		}
	}
	switch others := s["additionalProperties"].(type) {
	case map[string]any:
		if !known {
			wrong = append(wrong, validate(others, v, path)...)
		}
	case bool:
		if !known && !others {
			wrong = append(wrong, path+": unknown key")
		}
	}
	return wrong
}

func TestTheProgramHasWordsForTheQuestionsItSaysItHas(t *testing.T) {
	words := catalog(t)
	for _, q := range asked {
		if !words.Has(locales.Key("ask."+q)) || !words.Has(locales.Key("label."+q)) {
			t.Errorf("no words for %s", q)
		}
	}
}
