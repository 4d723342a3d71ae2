package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/heedbot/heed/flows/policy"
)

type policyCommand struct {
	List  policyList  `cmd:"" help:"The policies that come with heed."`
	Show  policyShow  `cmd:"" help:"A policy as it is kept."`
	Check policyCheck `cmd:"" help:"Read a pack and say what is wrong in it, by line and column."`
	Plan  policyPlan  `cmd:"" help:"What a policy would promise from an instant, and why, day by day."`
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
	Policy string `arg:"" help:"Name or path."`
}

func (c policyShow) Run() error {
	p, err := readPolicy(c.Policy)
	if err != nil {
		return wrongError{err}
	}
	fmt.Println(strings.TrimSpace(p.Text()))
	return nil
}

type policyCheck struct {
	File string `arg:"" help:"Name or path."`
}

func (c policyCheck) Run() error {
	p, err := readPolicy(c.File)
	if err != nil {
		return wrongError{err}
	}
	if err := horizon(p, time.Now()); err != nil {
		return err
	}
	fmt.Printf("%s, version %s: in order. Its holidays are known until %s.\n", p.Name, p.Version, p.Horizon().Format(time.DateOnly))
	return nil
}

type policyPlan struct {
	Policy string    `default:"ask4" env:"HEED_POLICY" help:"Name or path."`
	From   time.Time `required:"" help:"When a complaint is received, such as 2026-12-23T16:00:00Z."`
	Topic  string    `help:"One of the policy's topics, where promises depend on it."`
	JSON   bool      `help:"As JSON."`
}

func (c policyPlan) Run() error {
	p, err := readPolicy(c.Policy)
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
	plan := p.Plan(c.From, c.Topic)
	if c.JSON {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		return e.Encode(plan)
	}
	fmt.Print(plan)
	return nil
}

// longest is how far ahead a promise may reach: the calendar must know the
// days until then.
const longest = 90 * 24 * time.Hour

// horizon is an error where the policy's calendar ends before the last day a
// promise made now could need.
func horizon(p *policy.Policy, now time.Time) error {
	last := now
	for _, pr := range p.Start("", now) {
		if pr.Due.After(last) {
			last = pr.Due
		}
	}
	if !p.Covers(last) || !p.Covers(now.Add(longest)) {
		return fmt.Errorf("policy %s: its holidays are known only until %s; put a newer calendar in, or due dates will be guesses", p.Name, p.Horizon().Format(time.DateOnly))
	}
	return nil
}
