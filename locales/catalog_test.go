package locales

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// told opens the embedded languages with a log that can be read.
func told(t *testing.T) (*Catalog, *bytes.Buffer) {
	t.Helper()
	var b bytes.Buffer
	c, err := Open(slog.New(slog.NewTextHandler(&b, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return c, &b
}

// few opens two small languages, French with gaps.
func few(t *testing.T) (*Catalog, *bytes.Buffer) {
	t.Helper()
	var b bytes.Buffer
	c, err := open(fstest.MapFS{
		"en.toml": {Data: []byte("[status]\nhead = \"Complaint {{.Ref}}\"\nnone = \"None.\"\n[staff]\nno_words = \"No words.\"\n" +
			"[review.files]\none = \"{{.N}} file\"\nother = \"{{.N}} files\"\n[number]\nthousand = \"1,234\"\nmillion = \"1,234,567\"\n")},
		"fr.toml": {Data: []byte("[status]\nhead = \"Plainte {{.Numero}}\"\n[review.files]\none = \"{{.N}} fichier\"\nother = \"{{.N}} fichiers\"\n[number]\nthousand = \"1 234\"\nmillion = \"1 234 567\"\n")},
	}, languages[:2], slog.New(slog.NewTextHandler(&b, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return c, &b
}

func TestTextInEachLanguage(t *testing.T) {
	c, log := told(t)
	for lang, want := range map[string]string{
		"en": "Complaint KXM-4FQ-7TA", "fr": "Plainte KXM-4FQ-7TA", "pl": "Skarga KXM-4FQ-7TA",
		"de": "Complaint KXM-4FQ-7TA", "": "Complaint KXM-4FQ-7TA",
	} {
		if got := c.Text(lang, StatusHead, "Ref", "KXM-4FQ-7TA"); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
	for _, want := range []struct {
		lang string
		n    int
		text string
	}{
		{"en", 0, "I have 0 files from you."}, {"en", 1, "I have 1 file from you."},
		{"fr", 0, "J’ai 0 fichier de votre part."}, {"fr", 2, "J’ai 2 fichiers de votre part."}, {"fr", 1000000, "J’ai 1\u202f000\u202f000 de fichiers de votre part."},
		{"pl", 1, "Mamy od Państwa 1 plik."}, {"pl", 3, "Mamy od Państwa 3 pliki."}, {"pl", 12, "Mamy od Państwa 12 plików."},
		{"pl", 22, "Mamy od Państwa 22 pliki."}, {"pl", 0, "Mamy od Państwa 0 plików."},
	} {
		if got := c.Count(want.lang, AskMoreFiles, want.n); got != want.text {
			t.Errorf("%s %d: %q, not %q", want.lang, want.n, got, want.text)
		}
	}
	if log.Len() > 0 {
		t.Error(log)
	}
}

// TestWordsOfCustomersStayAsTheyAre: nothing in a name is taken for a field,
// and nothing is escaped.
func TestWordsOfCustomersStayAsTheyAre(t *testing.T) {
	c, log := told(t)
	if got := c.Text("pl", FileBig, "Name", "{{.Ref}} <b>&_"); !strings.Contains(got, "„{{.Ref}} <b>&_”") {
		t.Error(got)
	}
	if log.Len() > 0 {
		t.Error(log)
	}
}

func TestGapsAreFilledWithEnglishAndLogged(t *testing.T) {
	for _, want := range []struct {
		name, text, log string
		say             func(*Catalog) string
	}{
		{"not translated", "None.", "key=status.none language=fr shown=true",
			func(c *Catalog) string { return c.Text("fr", StatusNone) }},
		{"a field of its own", "Complaint KXM-4FQ-7TA", "key=status.head language=fr shown=false",
			func(c *Catalog) string { return c.Text("fr", StatusHead, "Ref", "KXM-4FQ-7TA") }},
		{"a plural form is missing", "1 000 000 fichiers", "key=review.files language=fr shown=true",
			func(c *Catalog) string { return c.Count("fr", ReviewFiles, 1000000) }},
		{"a text for staff", "No words.", "key=staff.no_words language=fr shown=true",
			func(c *Catalog) string { return c.Text("fr", StaffNoWords) }},
		{"a field not given", "", "key=status.head language=en shown=false",
			func(c *Catalog) string { return c.Text("en", StatusHead, "Name", "secret words") }},
		{"a key nobody knows", "", "key=ask.moon language=en shown=false",
			func(c *Catalog) string { return c.Text("en", "ask.moon") }},
		{"a staff key nobody knows", "", "key=staff.moon language=en shown=false",
			func(c *Catalog) string { return c.Text("en", "staff.moon") }},
	} {
		t.Run(want.name, func(t *testing.T) {
			c, log := few(t)
			if got := want.say(c); got != want.text {
				t.Errorf("%q, not %q", got, want.text)
			}
			if want.log == "" && log.Len() > 0 || !strings.Contains(log.String(), want.log) || strings.Contains(log.String(), "secret") {
				t.Errorf("the log says %q", log)
			}
		})
	}
}

func TestOpenRefusesBrokenFiles(t *testing.T) {
	en := &fstest.MapFile{Data: []byte("[status]\nnone = \"None.\"\n")}
	for what, from := range map[string]fstest.MapFS{
		"a misspelt language": {"en.toml": en, "fr.toml": en, "xx.toml": en},
		"another spelling":    {"en.toml": en, "fr.toml": en, "zh-hans.toml": en},
		"broken TOML":         {"en.toml": en, "fr.toml": {Data: []byte("[status\n")}},
		"no English":          {"fr.toml": en},
		"a line and no file":  {"en.toml": en},
		"nothing":             {},
	} {
		if _, err := open(from, languages[:2], nil); err == nil {
			t.Errorf("%s: taken", what)
		}
	}
	if _, err := open(fstest.MapFS{"en.toml": en, "fr.toml": en}, languages[:2], nil); err != nil {
		t.Error(err)
	}
}

// TestCatalogIsSharedSafely has many speak at once, first uses included.
func TestCatalogIsSharedSafely(t *testing.T) {
	c, log := told(t)
	args := make([]any, 2, 8) // room to spare, so that an append would be seen
	args[0], args[1] = "Ref", "KXM-4FQ-7TA"
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for n, lang := range c.Languages() {
				if got := c.Text(lang, StatusHead, args...); !strings.HasSuffix(got, "KXM-4FQ-7TA") {
					t.Errorf("%s: %q", lang, got)
				}
				if got := c.Count(lang, AskMoreWords, i+n, args...); !strings.Contains(got, fmt.Sprint(i+n)) {
					t.Errorf("%s %d: %q", lang, i+n, got)
				}
				if !c.Typed("en", "back", ButtonBack) || c.Typed("en", "forth", ButtonBack) || !c.Has(ButtonBack) {
					t.Error("back is not known")
				}
			}
		})
	}
	all.Wait()
	if log.Len() > 0 {
		t.Error(log)
	}
}

// TestLanguagesCannotBeChanged from outside.
func TestLanguagesCannotBeChanged(t *testing.T) {
	c, _ := told(t)
	c.Languages()[0] = "xx"
	if c.Languages()[0] != "en" {
		t.Error(c.Languages())
	}
}
