package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

type policyCommand struct {
	List   policyList   `cmd:"" help:"The policies that come with heed."`
	Show   policyShow   `cmd:"" help:"A policy in plain words."`
	Check  policyCheck  `cmd:"" help:"Read a pack and say what is wrong in it, by line and column."`
	Diff   policyDiff   `cmd:"" help:"What a new pack, or a changed one, changes for the next complaint."`
	Schema policySchema `cmd:"" help:"The JSON Schema of packs, for editors."`
	Due    policyDue    `cmd:"" help:"When a promise is due that starts at an instant: counted as the bot counts."`
	Plan   policyPlan   `cmd:"" help:"What a policy would promise from an instant, and why, day by day."`
}

type policyList struct{}

func (policyList) Run() error {
	for _, n := range policy.Names() {
		p, err := policy.Builtin(n)
		if err != nil {
			return err
		}
		fmt.Printf("%-20s version %-4s %s\n", n, p.Version, p.Title[p.Languages[0]])
	}
	return nil
}

type policyShow struct {
	Overrides
	Policy string `arg:"" help:"Name or path."`
	Lang   string `help:"In which language, such as pl; default: the policy's first that heed speaks."`
	Source bool   `help:"The whole document instead, as complaints keep it: pack, holidays, included conduct."`
}

// Run prints a policy in plain words, or its document.
func (c policyShow) Run() error {
	p, err := c.policy(c.Policy)
	if err != nil {
		return wrongError{err}
	}
	if c.Source {
		if c.Lang != "" {
			return wrongError{errors.New("--source shows the document, which is in every language: leave --lang out")}
		}
		fmt.Print(p.Text())
		return nil
	}
	words, err := locales.Open(nil)
	if err != nil {
		return err
	}
	lang, err := reader(p, c.Lang)
	if err != nil {
		return wrongError{err}
	}
	fmt.Println(strings.TrimSpace(p.Describe(words, lang)))
	return nil
}

// reader is the language of heed's in which a policy is shown to someone who
// asks for one, or for none.
func reader(p *policy.Policy, asked string) (string, error) {
	if asked == "" {
		return firstSpoken(p), nil
	}
	lang := tongue(asked)
	if lang == "" {
		return "", fmt.Errorf("--lang: heed does not speak %q; it speaks %s", asked, strings.Join(locales.Tags(), ", "))
	}
	return lang, nil
}

// firstSpoken is the policy's first language that heed speaks, else English.
func firstSpoken(p *policy.Policy) string {
	if i := slices.IndexFunc(p.Languages, locales.Known); i >= 0 {
		return p.Languages[i]
	}
	return "en"
}

type policyDiff struct {
	Overrides
	Old string `arg:"" help:"Name or path; or the path of what show --source printed."`
	New string `arg:"" help:"The same."`
	At  string `help:"When a complaint is received that shows the difference, such as 2026-12-23T16:00:00Z; default: now."`
}

// Run says what changes for the next complaint.
func (c policyDiff) Run() error {
	at := time.Now()
	if c.At != "" {
		var err error
		if at, err = instant(c.At); err != nil {
			return wrongError{fmt.Errorf("--at: %w", err)}
		}
	}
	before, err := c.kept(c.Old)
	if err != nil {
		return wrongError{err}
	}
	after, err := c.kept(c.New)
	if err != nil {
		return wrongError{err}
	}
	fmt.Println(strings.TrimSpace(policy.Diff(before, after, at)))
	return nil
}

// kept reads a policy, or one as it was kept: its days are in it and are not
// overridden.
func (c policyDiff) kept(name string) (*policy.Policy, error) {
	if !slices.Contains(policy.Names(), name) {
		text, err := os.ReadFile(name)
		if err == nil && strings.HasPrefix(string(text), "heed policy ") {
			return policy.Load(string(text))
		}
	}
	return c.policy(name)
}

type policySchema struct{}

// Run prints the JSON Schema of packs.
func (policySchema) Run() error {
	fmt.Println(strings.TrimSpace(policy.Schema()))
	return nil
}

type policyPlan struct {
	Overrides
	Policy string `default:"ask4" env:"HEED_POLICY" help:"Name or path."`
	From   string `required:"" help:"When a complaint is received, such as 2026-12-23T16:00:00Z."`
	Topic  string `help:"One of the policy's topics, where promises depend on it."`
	JSON   bool   `help:"As JSON."`
}

func (c policyPlan) Run() error {
	from, err := instant(c.From)
	if err != nil {
		return wrongError{fmt.Errorf("--from: %w", err)}
	}
	p, err := c.policy(c.Policy)
	if err != nil {
		return wrongError{err}
	}
	if _, ok := p.Topic(c.Topic); c.Topic != "" && !ok {
		var ids []string
		for _, t := range p.Topics {
			ids = append(ids, t.ID)
		}
		return wrongError{fmt.Errorf("--topic: the policy has no topic %q; it has %s", c.Topic, strings.Join(ids, ", "))}
	}
	plan := p.Plan(from, c.Topic)
	if c.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		return e.Encode(plan)
	}
	fmt.Print(plan)
	return nil
}
