package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

type checkCommand struct {
	Settings
	Offline bool `help:"Do not call Telegram and Slack."`
}

// Run looks at everything that can be wrong before going live, and says each
// thing in a line.
func (c *checkCommand) Run(ctx context.Context) error {
	var wrong []error
	look := func(what string, err error) {
		if err != nil {
			wrong = append(wrong, err)
			fmt.Printf("✗ %s\n  %s\n", what, strings.ReplaceAll(err.Error(), "\n", "\n  "))
			return
		}
		fmt.Printf("✓ %s\n", what)
	}
	look("settings", c.check())
	pol, err := readPolicy(c.Settings.Policy)
	look("policy", err)
	if err == nil {
		if over, err := c.over(pol); err != nil {
			look("calendar of "+pol.Name, err)
		} else {
			look(fmt.Sprintf("calendar of %s: holidays known until %s", pol.Name, over.Horizon().Format(time.DateOnly)), horizon(over, time.Now()))
		}
		words, err := locales.Open(nil)
		if err != nil {
			return err
		}
		look("languages of "+pol.Name+spoken(pol, words), nil)
		lacking, _ := gaps(pol, words)
		look("texts of "+pol.Name, oneError(lacking))
		for _, l := range coverage(pol, words) {
			fmt.Println("  " + l)
		}
		if c.DeskLanguage == "" || tongue(c.DeskLanguage) != "" {
			look("language of the desk: "+inEnglish(words, c.desk(pol))+c.whyDesk(pol), nil)
		}
		roles, err := rolesOf(c.SlackRoles, pol)
		if err == nil {
			err = unheld(pol, roles)
		}
		look(holders(pol, roles), err)
		look(walled(pol, roles, c.SlackChannel))
	}
	fmt.Print(permits())
	if len(wrong) == 0 {
		y, err := build(ctx, c.Settings, schedule.RealClock{}, logger("error"))
		look("database and evidence", err)
		if err == nil {
			if !c.Offline {
				look("Telegram's token", y.telegram.Connect(ctx))
				look("Slack's token", y.slack.Connect(ctx))
			}
			look("closing", y.Close())
		}
	}
	if len(wrong) > 0 {
		return wrongError{errors.New("not ready to go live: see above")}
	}
	if c.Offline {
		fmt.Println("Ready to go live, as far as can be told without asking Telegram and Slack.")
		return nil
	}
	fmt.Println("Ready to go live.")
	return nil
}

// oneError is an error of several lines; nil without any.
func oneError(lines []string) error {
	if len(lines) == 0 {
		return nil
	}
	return errors.New(strings.Join(lines, "\n"))
}

// whyDesk says where the language of the desk comes from, if it was not set.
func (s Settings) whyDesk(p *policy.Policy) string {
	switch {
	case s.DeskLanguage != "":
		return ""
	case slices.ContainsFunc(p.Languages, locales.Known):
		return ", the policy's first that heed speaks (HEED_DESK_LANGUAGE sets another)"
	}
	return ", since heed speaks none of the policy's (HEED_DESK_LANGUAGE sets another)"
}

// holders says who holds the policy's roles.
func holders(p *policy.Policy, roles map[string][]string) string {
	line := "roles of " + p.Name
	if none := p.Unheld(holds(roles)); len(roles) == 0 && len(none) > 0 {
		line += ": nobody is named in HEED_SLACK_ROLES, so managers stand in for " + strings.Join(none, ", ")
	}
	return line
}

// walled says who looks into what is hidden from the desk, and what is wrong
// with that.
func walled(p *policy.Policy, roles map[string][]string, desk string) (string, error) {
	h := casework.House{Policy: p, Roles: roles, Desk: bot.Address{Chat: desk}}
	const what = "complaints about staff"
	if slices.Contains(roles[string(bot.Senior)], desk) && desk != "" {
		return what, errors.New("senior_management in HEED_SLACK_ROLES holds the desk's own channel, where those complained of are: name a private channel of its own, or people")
	}
	who := h.SeniorRoles()
	if len(who) == 0 {
		return what + ": managers see them, since nobody but the desk is named for " + string(bot.Senior), nil
	}
	for _, r := range who {
		if len(h.Rooms(r)) > 0 {
			return what + ": " + strings.Join(who, ", ") + " see them, in a channel of their own, which must be private and have heed in it", nil
		}
	}
	return what + ": " + strings.Join(who, ", ") + " see them, each in direct messages: name a private channel too, to have them in one place", nil
}

// permits is the table of who may do what.
func permits() string {
	var b strings.Builder
	b.WriteString("  Who may do what (what a complaint's stage allows comes on top; what is walled is for those who see it)\n")
	fmt.Fprintf(&b, "  %-20s %-6s %-12s %-8s %s\n", "", "agent", "role holder", "manager", "senior")
	for _, p := range desk.Permits {
		cells := [4]string{}
		for i, may := range p.May() {
			if cells[i] = "–"; may {
				cells[i] = "yes"
			}
		}
		fmt.Fprintf(&b, "  %-20s %-6s %-12s %-8s %s\n", p.Act, cells[0], cells[1], cells[2], cells[3])
	}
	return b.String()
}

// spoken says which of the policy's languages heed does not speak; "" if it
// speaks them all. Customers of those are asked for another one.
func spoken(p *policy.Policy, words *locales.Catalog) string {
	var none []string
	for _, l := range p.Languages {
		if !slices.Contains(words.Languages(), l) {
			none = append(none, locales.Name(l))
		}
	}
	if len(none) == 0 {
		return ""
	}
	return ": heed does not speak " + strings.Join(none, ", ") + " yet, so customers are offered the others"
}
