package locales

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/BurntSushi/toml"
)

// These tests add Spanish to the others, whether or not the program has learned
// it since.
var (
	before = slices.DeleteFunc(slices.Clone(languages), func(l line) bool { return l.tag == "es" })
	eight  = append(slices.Clone(before), line{"es", "Español", "one many other"})
)

// spanish are the texts of the eighth language that these tests look at; the
// others are English with other letters.
var spanish = file{
	"button.back": {"other": "Atrás"}, "button.yes": {"other": "Sí"}, "typed.yes": {"other": "vale, de acuerdo"},
	"status.head":       {"other": "Queja {{.Ref}}"},
	"review.files":      {"one": "{{.N}} archivo", "many": "{{.N}} de archivos", "other": "{{.N}} archivos"},
	"calendar.weekdays": {"other": "domingo lunes martes miércoles jueves viernes sábado"},
	"calendar.months":   {"other": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"},
	"calendar.short":    {"other": "ene feb mar abr may jun jul ago sept oct nov dic"},
	"calendar.alone":    {"other": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"},
	"calendar.full":     {"other": "{w}, {d} de {m} de {y}"},
	"calendar.at":       {"other": "{w}, {d} de {m} de {y}, {t}"},
	"calendar.long":     {"other": "{d} de {m} de {y}"},
	"calendar.medium":   {"other": "{d} {s} {y}"},
	"calendar.brief":    {"other": "{d} {s} {y}, {t}"},
	"calendar.month":    {"other": "{l} de {y}"},
	"calendar.time":     {"other": "9:30"},
	"number.thousand":   {"other": "1234"},
	"number.million":    {"other": "1.234.567"},
	"list.pair":         {"other": "{{.A}} y {{.B}}"},
	"list.last":         {"other": "{{.A}} y {{.B}}"},
	"policy.or":         {"other": "{{.A}} o {{.B}}"},
}

// translated makes a whole file of the English one.
func translated(t *testing.T) file {
	t.Helper()
	f, bad := parse(english, source(t)[english])
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	for id, text := range f {
		if s := spanish[id]; s != nil {
			f[id] = maps.Clone(s)
			continue
		}
		section, _, _ := strings.Cut(id, ".")
		if section == "list" {
			continue
		}
		for form, s := range text {
			text[form] = turned(s)
		}
		if text.counted() {
			text["many"] = text["other"]
		}
	}
	return f
}

// turned writes a text with other letters, but for its fields and commands.
func turned(s string) string {
	var b strings.Builder
	keep := rune(0) // what ends the part that stays as it is
	for _, r := range s {
		switch {
		case keep != 0 && r == keep:
			keep = 0
		case keep == 0 && r == '{':
			keep = '}'
		case keep == 0 && r == '/':
			keep = ' '
		case keep == 0 && r >= 'a' && r <= 'z':
			r = 'a' + (r-'a'+13)%26
		case keep == 0 && r >= 'A' && r <= 'Z':
			r = 'A' + (r-'A'+13)%26
		}
		b.WriteRune(r)
	}
	return b.String()
}

// written gives a file as TOML.
func written(t *testing.T, f file) string {
	t.Helper()
	tree := map[string]any{}
	for id, text := range f {
		at, rest := tree, strings.Split(id, ".")
		for _, name := range rest[:len(rest)-1] {
			if at[name] == nil {
				at[name] = map[string]any{}
			}
			at = at[name].(map[string]any)
		}
		at[rest[len(rest)-1]] = any(text)
		if !text.counted() {
			at[rest[len(rest)-1]] = text["other"]
		}
	}
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(tree); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// beside is the embedded files with one more.
func beside(t *testing.T, name, text string) fs.FS {
	t.Helper()
	m := fstest.MapFS{name: {Data: []byte(text)}}
	for lang, s := range with(t, "", "") {
		m[lang+".toml"] = &fstest.MapFile{Data: []byte(s)}
	}
	return m
}

// TestEighthLanguage: with its file and its line, a new language is spoken as
// the others are.
func TestEighthLanguage(t *testing.T) {
	es := written(t, translated(t))
	from := beside(t, "es.toml", es)
	var log bytes.Buffer
	c, err := open(from, eight, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Languages(); !slices.Equal(got, append(before.tags(), "es")) {
		t.Errorf("languages %v", got)
	}
	for _, tag := range []string{"es", "es-MX", "es_ES", "ES-419"} {
		if lang, sure := Match(tag, c.Languages()); lang != "es" || !sure {
			t.Errorf("%s: %s, sure %v", tag, lang, sure)
		}
	}
	if lang, sure := Match("pt-BR", c.Languages()); sure {
		t.Errorf("pt-BR: surely %s", lang)
	}
	at := time.Date(2026, time.December, 3, 9, 5, 0, 0, time.UTC)
	cal := readCalendars(from, eight)["es"]
	for _, x := range []struct{ got, want string }{
		{eight.called("es"), "Español"},
		{c.Text("es", StatusHead, "Ref", "KXM-4FQ-7TA"), "Queja KXM-4FQ-7TA"},
		{c.Count("es", ReviewFiles, 1), "1 archivo"},
		{c.Count("es", ReviewFiles, 1234), "1234 archivos"},
		{c.Count("es", ReviewFiles, 1000000), "1.000.000 de archivos"},
		{c.Number("es", 12345), "12.345"},
		{c.List("es", []string{"a", "b", "c"}), "a, b y c"},
		{c.Choice("es", []string{"a", "b"}), "a o b"},
		{cal.write(cal.Full, at), "jueves, 3 de diciembre de 2026"},
		{cal.write(cal.At, at), "jueves, 3 de diciembre de 2026, 9:05"},
		{cal.write(cal.Medium, at), "3 dic 2026"},
		{cal.write(cal.Month, at), "diciembre de 2026"},
	} {
		if x.got != x.want {
			t.Errorf("%q, not %q", x.got, x.want)
		}
	}
	for word, key := range map[string]Key{"ATRAS": ButtonBack, "atrás.": ButtonBack, "si": ButtonYes, "¡De acuerdo!": ButtonYes, "retour": ButtonBack} {
		if !c.Typed("es", word, key) {
			t.Errorf("%q is not %s", word, key)
		}
	}
	for _, k := range Keys {
		if len(c.Forms("es", k)) == 0 {
			t.Errorf("%s has no text", k)
		}
	}
	if log.Len() > 0 {
		t.Error(&log)
	}
	for _, p := range append(eight.checkLines(), eight.verify(with(t, "es", es))...) {
		t.Error(p)
	}
}

// with is the source of the languages before, and of one more.
func with(t *testing.T, lang, text string) map[string]string {
	t.Helper()
	src := source(t)
	delete(src, "es")
	if lang != "" {
		src[lang] = text
	}
	return src
}

// TestFileAndLineBelongTogether: one without the other is told at the start,
// and by the checks.
func TestFileAndLineBelongTogether(t *testing.T) {
	es := written(t, translated(t))
	for name, c := range map[string]struct {
		from fs.FS
		src  map[string]string
		ours table
		want string
	}{
		"no line":     {beside(t, "es.toml", es), with(t, "es", es), before, "languages.go has no line for it"},
		"no file":     {beside(t, "README", ""), with(t, "", ""), eight, "languages.go has a line for it, and there is no file"},
		"other names": {beside(t, "es-ES.toml", es), with(t, "es-ES", es), eight, "es-ES"},
	} {
		if _, err := open(c.from, c.ours, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: it starts, or says %v", name, err)
		}
		if got := strings.Join(c.ours.verify(c.src), "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s: the checks say %q", name, got)
		}
	}
}

// TestUnfinishedFileIsTold at every text that is left to do, and at no other.
func TestUnfinishedFileIsTold(t *testing.T) {
	whole, two := translated(t), table{eight[0], eight[len(eight)-1]}
	left := func(src string) []string {
		var at []string
		for _, p := range two.verify(map[string]string{english: source(t)[english], "es": src}) {
			if !strings.HasPrefix(p, "es ") {
				t.Errorf("told of another language: %s", p)
			}
			at = append(at, strings.TrimPrefix(where(p), "es "))
		}
		return slices.Compact(at)
	}
	t.Run("the English file copied", func(t *testing.T) {
		told := map[string]bool{}
		for _, id := range left(source(t)[english]) {
			told[id] = true
		}
		en, _ := parse(english, source(t)[english])
		for id, text := range en {
			section, _, _ := strings.Cut(id, ".")
			words := strings.ContainsFunc(field.ReplaceAllString(text["other"], ""), func(r rune) bool { return turned(string(r)) != string(r) })
			patterns := slices.Contains([]string{"calendar", "number", "list"}, section) && id != "calendar.weekdays" && id != "calendar.months" && id != "calendar.alone"
			if want := words && !patterns; told[id] != want {
				t.Errorf("%s: told %v", id, told[id])
			}
		}
	})
	t.Run("every tenth text is missing", func(t *testing.T) {
		f := clone(whole)
		var gone []string
		for i, id := range slices.Sorted(maps.Keys(f)) {
			if section, _, _ := strings.Cut(id, "."); i%10 == 0 && section != "calendar" && section != "number" {
				gone = append(gone, id)
				delete(f, id)
			}
		}
		if got := left(written(t, f)); !slices.Equal(got, gone) {
			t.Errorf("told of %d, missing are %d: %v", len(got), len(gone), got)
		}
	})
	t.Run("forms as in English", func(t *testing.T) {
		f := clone(whole)
		var short []string
		for _, id := range slices.Sorted(maps.Keys(f)) {
			if f[id].counted() {
				delete(f[id], "many")
				short = append(short, id)
			}
		}
		if got := left(written(t, f)); len(short) < 5 || !slices.Equal(got, short) {
			t.Errorf("told of %v, wrong are %v", got, short)
		}
	})
	t.Run("no calendar", func(t *testing.T) {
		f := clone(whole)
		for id := range f {
			if strings.HasPrefix(id, "calendar.") {
				delete(f, id)
			}
		}
		got := left(written(t, f))
		for _, name := range strings.Fields("weekdays months short alone full at long medium month brief time") {
			if !slices.Contains(got, "calendar."+name) {
				t.Errorf("calendar.%s: nobody says that it is missing", name)
			}
		}
	})
	t.Run("marked as in English", func(t *testing.T) {
		f := clone(whole)
		f["button.no"] = forms{"other": "No"}
		src := written(t, f)
		if got := left(src); !slices.Equal(got, []string{"button.no"}) {
			t.Errorf("told of %v", got)
		}
		marked := strings.Replace(src, fmt.Sprintf("no = %q\n", "No"), fmt.Sprintf("no = %q %s\n", "No", same), 1)
		if got := left(marked); marked == src || len(got) > 0 {
			t.Errorf("told of %v", got)
		}
	})
}
