package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/heedbot/heed/cmd/heed/words"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

type wordsCommand struct {
	Language string `short:"l" help:"Print a page with all texts of this language, such as lo."`
	Policy   string `env:"HEED_POLICY" help:"The policy whose own words are there too: a name or a path. Default: ask4; for --unread all that come with heed."`
	Unread   bool   `help:"List what no native speaker has read yet, Lao first; with --language only that."`
	Read     bool   `help:"Instead of the page, print the lines that record all customers' texts on it as read, as they stand: for whoever has read them to add to locales/read.tsv."`
	Staff    bool   `help:"With --read: the texts that only staff see, instead of customers'."`
}

// Run prints a language's texts to be read by a native speaker, or what none
// has read.
func (c wordsCommand) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c wordsCommand) print(out, aside io.Writer) error {
	catalog, err := locales.Open(nil)
	if err != nil {
		return err
	}
	record, err := locales.OpenRecord()
	if err != nil {
		return err
	}
	lang := ""
	if c.Language != "" {
		sure := false
		if lang, sure = locales.Match(c.Language, catalog.Languages()); !sure {
			return wrongError{fmt.Errorf("--language: heed does not speak %q; it speaks %s", c.Language, strings.Join(catalog.Languages(), ", "))}
		}
	}
	switch {
	case c.Unread && c.Read:
		return wrongError{errors.New("--unread lists what is to be read and --read what has been: give one of them")}
	case c.Staff && !c.Read:
		return wrongError{errors.New("--staff goes with --read; the page and --unread have staff's texts anyway")}
	case lang == "" && !c.Unread:
		return wrongError{errors.New("give --language, such as lo, or --unread")}
	}
	pols, err := c.policies()
	if err != nil {
		return wrongError{err}
	}
	w := bufio.NewWriter(out)
	switch {
	case c.Read:
		u := words.Of(catalog, record, pols, lang)
		readings := u.Customers
		if c.Staff {
			readings = u.Staff
		}
		for _, r := range readings {
			fmt.Fprintln(w, r)
		}
	case c.Unread:
		for _, u := range words.List(catalog, record, pols) {
			if lang != "" && u.Language != lang {
				continue
			}
			for _, r := range append(u.Customers, u.Staff...) {
				fmt.Fprintf(w, "%s\t%s\n", r.Language, r.Key)
			}
			fmt.Fprintf(aside, "%s: %d texts not read by a native speaker, %d of them for customers and %d for staff\n",
				u.Language, len(u.Customers)+len(u.Staff), len(u.Customers), len(u.Staff))
		}
	default:
		if err := words.Write(w, words.Open(catalog, record, pols[0], lang), pols[0], c.Policy); err != nil {
			return err
		}
	}
	return w.Flush()
}

// policies are those whose words are shown: the one asked for; else, for what
// is unread, all that come with heed, and for a page and its record ask4.
func (c wordsCommand) policies() ([]*policy.Policy, error) {
	names := []string{c.Policy}
	if c.Policy == "" {
		names = []string{"ask4"}
		if c.Unread {
			names = policy.Names()
		}
	}
	var pols []*policy.Policy
	for _, n := range names {
		p, err := readPolicy(n)
		if err != nil {
			return nil, err
		}
		pols = append(pols, p)
	}
	return pols, nil
}
