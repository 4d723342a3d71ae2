// Package locales holds the words of heed, one file a language, and the way
// dates are written in each. English is the source: the keys are constants
// generated from it, so a missing key does not compile.
package locales

import (
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	i18ntemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:generate go run ./generate

//go:embed *.toml
var files embed.FS

// Key names one text. The constants in keys.go are all there are.
type Key string

// Catalog gives the program's words in a language. It does not change once
// opened, and any number of goroutines may use it.
type Catalog struct {
	languages []string
	speak     map[string]*i18n.Localizer
	keys      map[Key]bool
	forms     map[string]map[Key][]Form
	log       *slog.Logger
}

// Open reads the embedded languages. An error means that the program was built
// from a broken file.
func Open(log *slog.Logger) (*Catalog, error) { return open(files, languages, log) }

func open(from fs.FS, ours table, log *slog.Logger) (*Catalog, error) {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	paths, err := fs.Glob(from, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	c := &Catalog{languages: ours.tags(), speak: map[string]*i18n.Localizer{}, keys: map[Key]bool{}, forms: map[string]map[Key][]Form{}, log: log}
	for _, p := range paths {
		lang := strings.TrimSuffix(path.Base(p), ".toml")
		f, err := b.LoadMessageFileFS(from, p)
		if err != nil {
			return nil, fmt.Errorf("read language %s: %w", p, err)
		}
		// A misspelt name would load as no language at all, without an error.
		if ours.place(lang) < 0 || f.Tag.String() != lang {
			return nil, fmt.Errorf("read language %s: languages.go has no line for it", p)
		}
		c.forms[lang] = map[Key][]Form{}
		for _, m := range f.Messages {
			c.forms[lang][Key(m.ID)] = formsOf(m)
		}
	}
	for _, l := range c.languages {
		if c.forms[l] == nil {
			return nil, fmt.Errorf("read language %s: languages.go has a line for it, and there is no file", l)
		}
		c.speak[l] = i18n.NewLocalizer(b, l)
	}
	for _, k := range Keys {
		c.keys[k] = true
	}
	return c, nil
}

const english = "en"

// Languages lists the program's languages, as BCP 47 tags.
func (c *Catalog) Languages() []string { return append([]string(nil), c.languages...) }

// Text gives a text with its fields filled in; args are names and values in
// turn. A text that a language lacks is given in English and logged. It is ""
// only where the English fails too, as for a field that was not given.
func (c *Catalog) Text(lang string, k Key, args ...any) string {
	return c.say(lang, k, nil, c.fields(lang, args))
}

// Count gives a text that depends on the number n, which it may name as
// {{.N}}.
func (c *Catalog) Count(lang string, k Key, n int, args ...any) string {
	return c.say(lang, k, n, c.fields(lang, append(slices.Clip(args), "N", n)))
}

// fields are the arguments by name; whole numbers are written as the language
// writes them.
func (c *Catalog) fields(lang string, args []any) map[string]any {
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		v := args[i+1]
		if n, ok := v.(int); ok {
			v = c.Number(lang, n)
		}
		data[fmt.Sprint(args[i])] = v
	}
	return data
}

// raw gives a text that has no fields.
func (c *Catalog) raw(lang string, k Key) string { return c.say(lang, k, nil, nil) }

// say gives the text, whatever go-i18n makes of it: with an error it may still
// give one, in English or in another plural form. n is nil or an int; a float
// would be an error.
func (c *Catalog) say(lang string, k Key, n any, data map[string]any) string {
	s, ok := c.speak[lang]
	if !ok {
		lang, s = english, c.speak[english]
	}
	out, err := s.Localize(&i18n.LocalizeConfig{
		MessageID: string(k), TemplateData: data, PluralCount: n,
		TemplateParser: strict,
	})
	if err != nil && c.log != nil {
		c.log.Error("a text is not whole", "key", string(k), "language", lang, "shown", out != "")
	}
	if out == "" && lang != english {
		return c.say(english, k, n, data)
	}
	return out
}

// strict makes a field that was not given an error instead of "<no value>".
var strict = &i18ntemplate.TextParser{Option: "missingkey=error"}
