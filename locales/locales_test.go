package locales

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// source reads the language files as they stand.
func source(t *testing.T) map[string]string {
	t.Helper()
	paths, err := fs.Glob(files, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	src := map[string]string{}
	for _, p := range paths {
		b, err := files.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		src[strings.TrimSuffix(p, ".toml")] = string(b)
	}
	return src
}

// verify tells all that is wrong with the texts of the languages.
func verify(src map[string]string) []string { return languages.verify(src) }

func (t table) verify(src map[string]string) []string {
	var problems []string
	all := map[string]file{}
	for lang, s := range src {
		f, bad := parse(lang, s)
		all[lang] = f
		problems = append(problems, bad...)
	}
	for _, lang := range t.tags() {
		if src[lang] == "" {
			problems = append(problems, lang+": languages.go has a line for it, and there is no file")
		}
	}
	right := map[string]bool{}
	for lang, s := range src {
		for _, id := range alike(s) {
			right[lang+" "+id+": "+stillEnglish] = true
		}
	}
	problems = append(problems, t.check(all)...)
	return slices.DeleteFunc(problems, func(p string) bool { return right[p] })
}

func TestTextsAreWhole(t *testing.T) {
	for _, p := range verify(source(t)) {
		t.Error(p)
	}
}

// TestEveryKeyIsThere: the constants are the English texts, no more and no less.
func TestEveryKeyIsThere(t *testing.T) {
	en, _ := parse("en", source(t)["en"])
	for _, k := range Keys {
		if en[string(k)] == nil {
			t.Errorf("%s has a constant and no text", k)
		}
	}
	if len(Keys) != len(en) {
		t.Errorf("%d constants, %d texts: run go generate", len(Keys), len(en))
	}
}

// TestMistakesAreSeen breaks a copy of the texts in one way after another;
// each break must be told, and nothing else.
func TestMistakesAreSeen(t *testing.T) {
	before := verify(source(t)) // none, but for a language to come
	for _, m := range []struct {
		name, lang, old, new string
		want                 []string // each in some problem
	}{
		{"a key is gone", "fr", "skip = \"Passer\"\n", "", []string{"fr button.skip: missing"}},
		{"a key too many", "fr", "[button]\n", "[button]\nshout = \"Crier\"\n", []string{"fr button.shout: not in English"}},
		{"a new key in English", "en", "[button]\n", "[button]\nshout = \"Shout\"\n", others("%s button.shout: missing")},
		{"a field renamed", "pl", `head = "Skarga {{.Ref}}"`, `head = "Skarga {{.Numer}}"`, []string{"pl status.head: has the fields [Numer], English has [Ref]", "pl status.head: cannot be said"}},
		{"a field forgotten", "fr", `head = "Plainte {{.Ref}}"`, `head = "Plainte"`, []string{"fr status.head: has the fields []"}},
		{"a field broken", "fr", `head = "Plainte {{.Ref}}"`, `head = "Plainte {{.Ref}"`, []string{"fr status.head: a broken field", "fr status.head: cannot be said"}},
		{"a form dropped", "pl", "few = \"{{.N}} pliki\"\n", "", []string{`pl review.files: no plural form "few"`, "pl review.files: cannot be said for 22"}},
		{"the many of millions dropped", "fr", "many = \"{{.N}} de fichiers\"\n", "", []string{`fr review.files: no plural form "many"`, "fr review.files: cannot be said for 1000000"}},
		{"the last form dropped", "pl", "other = \"{{.N}} pliku\"\n", "", []string{`pl review.files: no plural form "other"`}},
		{"a form too many", "fr", "many = \"{{.N}} de fichiers\"\n", "many = \"{{.N}} de fichiers\"\ntwo = \"{{.N}} fichiers\"\n", []string{`fr review.files: plural form "two" is never used`}},
		{"the number not told", "pl", "one = \"{{.N}} plik\"\n", "one = \"plik\"\n", []string{"pl review.files: has the fields []", "pl review.files: does not tell the number 1"}},
		{"a button too long", "fr", `submit = "Envoyer ma plainte"`, `submit = "Envoyer ma plainte maintenant à votre équipe"`, []string{"fr button.submit: 44 letters, at most 30 fit"}},
		{"a button too long with its reference", "pl", `withdraw = "Wycofaj {{.Ref}}"`, `withdraw = "Tak, chcę wycofać to {{.Ref}}"`, []string{"pl button.withdraw: 32 letters, at most 30 fit"}},
		{"an option too long", "fr", `representative = "Au nom de quelqu’un d’autre"`, `representative = "Au nom de quelqu’un d’autre que je représente ici même"`, []string{"fr option.capacity.representative: 54 letters, at most 45 fit"}},
		{"an answer too long", "pl", `neutral = "Ani tak, ani nie"`, `neutral = "Ani tak, ani nie, trudno mi to dzisiaj ocenić!"`, []string{"pl survey.neutral: 46 letters, at most 45 fit"}},
		{"a word that is another button", "pl", `skip = "pomiń, `, `skip = "pomiń, dalej, `, []string{`pl typed.skip: "dalej" is the label of "continue"`}},
		{"a word that is another button elsewhere", "fr", `skip = "passer, `, `skip = "passer, aiuto, `, []string{`fr typed.skip: "aiuto" is the label of "help"`}},
		{"a command too short", "pl", `help = "Co można tu zrobić"`, `help = "Co"`, []string{"pl command.help: too short"}},
		{"a dialog's title too long", "en", `preview = "Send this?"`, `preview = "Do you really want to send this?"`, []string{"en staff.title.preview: 32 letters, at most 24 fit"}},
		{"still in English", "pl", `done = "Gotowe"`, `done = "Done"`, []string{"pl button.done: still in English"}},
		{"a plural still in English", "pl", "one = \"{{.N}} plik\"\n", "one = \"{{.N}} file\"\n", []string{"pl review.files: still in English"}},
		{"nothing in it", "fr", `skip = "Passer"`, `skip = " "`, []string{"fr button.skip: empty"}},
		{"decomposed letters", "fr", `done = "Terminé"`, `done = "` + norm.NFD.String("Terminé") + `"`, []string{"fr button.done: not in normal form"}},
		{"a space that breaks", "fr", "Dans quelle langue souhaitez-vous continuer\u202f?", "Dans quelle langue souhaitez-vous continuer ?", []string{"fr language.ask: no no-break space"}},
		{"asks for a gender", "pl", `done = "Gotowe"`, `done = "Gotowy(-a)"`, []string{"pl button.done: asks for the reader's gender"}},
		{"a reserved word", "fr", "[button]\n", "[button]\ndescription = \"Boutons\"\n", []string{"fr button.description: a reserved word"}},
		{"a word beside plural forms", "pl", "[review.files]\n", "[review.files]\nnote = \"pliki\"\n", []string{`pl review.files: "note" beside plural forms`, "pl review.files.note: not in English"}},
		{"a key twice", "fr", "skip = \"Passer\"\n", "skip = \"Passer\"\nskip = \"Sauter\"\n", []string{"fr: not TOML"}},
		{"counted without need", "fr", "[help]\nintro = \"Voici ce que vous pouvez faire\u00a0:\"\n", "[help.intro]\none = \"Voici\u00a0:\"\nmany = \"Voici tout\u00a0:\"\nother = \"Voici cela\u00a0:\"\n", []string{"fr help.intro: counted, but not in English"}},
	} {
		t.Run(m.name, func(t *testing.T) {
			src := source(t)
			if strings.Count(src[m.lang], m.old) == 0 {
				t.Fatalf("%q is not in %s.toml: the test needs another example", m.old, m.lang)
			}
			src[m.lang] = strings.Replace(src[m.lang], m.old, m.new, 1)
			all := verify(src)
			for _, want := range m.want {
				if !strings.Contains(strings.Join(all, "\n"), want) {
					t.Errorf("no %q in %.20q", want, all)
				}
			}
			for _, got := range all {
				if !slices.Contains(before, got) && !slices.ContainsFunc(m.want, func(want string) bool { return where(got) == where(want) || where(want) == m.lang }) {
					t.Errorf("also told: %s", got)
				}
			}
		})
	}
	t.Run("a language nobody knows", func(t *testing.T) {
		src := source(t)
		src["xx"] = src["fr"]
		if got := strings.Join(verify(src), "\n"); !strings.Contains(got, "xx: languages.go has no line for it") {
			t.Error(got)
		}
	})
}

// others has a line for each language but English.
func others(format string) []string {
	var lines []string
	for _, lang := range Tags()[1:] {
		lines = append(lines, fmt.Sprintf(format, lang))
	}
	return lines
}

// where is the language and key a problem is about.
func where(problem string) string {
	at, _, _ := strings.Cut(problem, ":")
	return at
}

// TestTextsNameTheirButtons: where a text says what to press, the button is
// called exactly that.
func TestTextsNameTheirButtons(t *testing.T) {
	c, _ := told(t)
	for _, lang := range c.Languages() {
		for text, button := range map[Key]Key{
			AskSummary: ButtonDone, AskEmails: ButtonDone, AskEvidence: ButtonDone, AskMore: ButtonDone,
			ErrorPhone: ButtonSkip, ReviewFoot: ButtonSubmit,
		} {
			if s, label := c.Text(lang, text), c.Text(lang, button); !strings.Contains(s, label) {
				t.Errorf("%s %s does not name “%s”: %s", lang, text, label, s)
			}
		}
		for _, k := range []Key{LanguageChanged, GreetPrivacy, AddDone} {
			en, other := slashed(c.Text("en", k, "Ref", "X")), slashed(c.Text(lang, k, "Ref", "X"))
			if en == "" || en != other {
				t.Errorf("%s %s names the command %q, English %q", lang, k, other, en)
			}
		}
	}
}

// slashed is the command a text names.
func slashed(s string) string {
	for _, w := range strings.Fields(s) {
		if strings.HasPrefix(w, "/") {
			return strings.Trim(w, ".")
		}
	}
	return ""
}
