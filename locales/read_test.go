package locales

import (
	"strings"
	"testing"
)

// Each line of the record is of a language and a text that are there. (That
// packs' texts are, is looked at where packs are known.)
func TestRecordNamesWhatIsThere(t *testing.T) {
	r, err := OpenRecord()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range r.Readings() {
		if !strings.Contains(line.Key, "/") && !c.Has(Key(line.Key)) {
			t.Errorf("read.tsv: no text is called %s: take the line out", line.Key)
		}
	}
}

// What was read is read until the text changes.
func TestChangedTextIsUnread(t *testing.T) {
	c, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	text := c.Source("lo", ButtonSkip)
	line := Reading{"lo", string(ButtonSkip), Digest(text)}
	r, err := ParseRecord(readingHead + "\n" + line.String() + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if !r.Has("lo", "button.skip", text) {
		t.Error("the text was read and is not")
	}
	for what, other := range map[string]bool{
		"it has changed":        r.Has("lo", "button.skip", text+"."),
		"another language's is": r.Has("vi", "button.skip", text),
		"another text's is":     r.Has("lo", "ask4/button.skip", text),
	} {
		if other {
			t.Errorf("%s, and it still counts as read", what)
		}
	}
	if got := Digest("abc"); got != "ba7816bf8f01" { // FIPS 180-4's own example
		t.Errorf("the digest of abc is %s", got)
	}
}

// A plural form that changes makes the text unread.
func TestSourceHasEveryForm(t *testing.T) {
	c, err := Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	src := c.Source("pl", ReviewFiles)
	for _, form := range []string{"one\t{{.N}} plik\n", "few\t{{.N}} pliki\n", "many\t{{.N}} plików\n", "other\t{{.N}} pliku\n"} {
		if !strings.Contains(src, form) {
			t.Errorf("%q is not in %q", form, src)
		}
	}
	if src := c.Source("lo", ButtonSkip); src != c.Text("lo", ButtonSkip) {
		t.Errorf("a text of one form is %q", src)
	}
	if c.Source("lo", "no.such") != "" || c.Source("tlh", ButtonSkip) != "" {
		t.Error("what is not there has a source")
	}
}

func TestBadRecords(t *testing.T) {
	const line = "lo\tbutton.skip\t0123456789ab\n"
	for what, tsv := range map[string]string{
		"empty":               "",
		"no head":             line,
		"an unknown language": readingHead + "\ntlh\tbutton.skip\t0123456789ab\n",
		"no digest":           readingHead + "\nlo\tbutton.skip\n",
		"a short digest":      readingHead + "\nlo\tbutton.skip\t0123456789a\n",
		"spaces for tabs":     readingHead + "\nlo button.skip 0123456789ab\n",
		"a line twice":        readingHead + "\n" + line + line,
		"an empty line":       readingHead + "\n\n" + line,
	} {
		if _, err := ParseRecord(tsv); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
	if r, err := ParseRecord(readingHead + "\n" + line); err != nil || len(r.Readings()) != 1 || r.Readings()[0].String()+"\n" != line {
		t.Errorf("a good record: %v, %v", r, err)
	}
}

// Examples of plural forms as CLDR has them.
func TestExample(t *testing.T) {
	for _, c := range []struct {
		lang, form string
		want       int
		ok         bool
	}{
		{"en", "one", 1, true}, {"en", "other", 2, true}, {"pl", "few", 2, true}, {"pl", "many", 5, true}, {"pl", "other", 0, false},
		{"fr", "many", 1_000_000, true}, {"it", "other", 2, true}, {"lo", "other", 1, true}, {"lo", "one", 0, false}, {"not a tag", "one", 0, false},
	} {
		if n, ok := Example(c.lang, c.form); n != c.want || ok != c.ok {
			t.Errorf("%s %s: %d, %v", c.lang, c.form, n, ok)
		}
	}
}
