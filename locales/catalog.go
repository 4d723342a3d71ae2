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

// Catalog gives the program's words in a language.
type Catalog struct {
	languages []string
	speak     map[string]*i18n.Localizer
	keys      map[Key]bool
	log       *slog.Logger
}

// Open reads the embedded languages. An error means that the program was built
// from a broken file.
func Open(log *slog.Logger) (*Catalog, error) {
	b := i18n.NewBundle(language.English)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	c := &Catalog{speak: map[string]*i18n.Localizer{}, keys: map[Key]bool{}, log: log}
	for _, n := range names {
		if _, err := b.LoadMessageFileFS(files, n); err != nil {
			return nil, fmt.Errorf("read language %s: %w", n, err)
		}
		c.languages = append(c.languages, strings.TrimSuffix(path.Base(n), ".toml"))
	}
	for _, l := range c.languages {
		c.speak[l] = i18n.NewLocalizer(b, l)
	}
	for _, k := range Keys {
		c.keys[k] = true
	}
	return c, nil
}

// Languages lists the program's languages, as BCP 47 tags.
func (c *Catalog) Languages() []string { return append([]string(nil), c.languages...) }

// Text gives a text with its fields filled in; args are names and values in
// turn. A text that a language lacks is given in English and logged.
func (c *Catalog) Text(lang string, k Key, args ...any) string {
	return c.say(lang, k, nil, args)
}

// Count gives a text that depends on the number n, which it may name as
// {{.N}}.
func (c *Catalog) Count(lang string, k Key, n int, args ...any) string {
	return c.say(lang, k, n, append(args, "N", n))
}

func (c *Catalog) say(lang string, k Key, n any, args []any) string {
	s, ok := c.speak[lang]
	if !ok {
		s = c.speak["en"]
	}
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		data[fmt.Sprint(args[i])] = args[i+1]
	}
	out, err := s.Localize(&i18n.LocalizeConfig{
		MessageID: string(k), TemplateData: data, PluralCount: n,
		TemplateParser: strict,
	})
	if err != nil && c.log != nil {
		c.log.Error("a text is not whole", "key", string(k), "language", lang)
	}
	return out
}

// strict makes a field that was not given an error instead of "<no value>".
var strict = &i18ntemplate.TextParser{Option: "missingkey=error"}
